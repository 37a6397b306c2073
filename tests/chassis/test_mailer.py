"""chassis.mailer sends to a real SMTP server: the local mailbox"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest
from aiohttp.test_utils import TestServer

from chassis.clock import Clock
from chassis.mailer import Attachment, Mail, Mailer
from deploy.local.ports import HOST, free_port
from deploy.simulators.mailbox.app import build_app
from deploy.simulators.mailbox.store import MailStore

PDF = bytes(range(256)) * 40


@dataclass
class Mailbox:
    """A running mailbox."""

    folder: Path
    port: int

    def received(self) -> EmailMessage:
        (file,) = (path for path in self.folder.iterdir() if path.suffix == ".eml")
        found = message_from_bytes(file.read_bytes(), policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found


@pytest.fixture
async def mailbox(tmp_path: Path) -> AsyncIterator[Mailbox]:
    port = free_port()
    async with TestServer(build_app(MailStore(tmp_path, Clock()), HOST, port), host=HOST):
        yield Mailbox(tmp_path, port)


def mail(to: str = "amelie@example.org", subject: str = "Accusé de réception") -> Mail:
    return Mail(
        to=to,
        subject=subject,
        text="Votre demande est déposée.\nÀ bientôt !",
        message_id="<1.acknowledgement@parvis.invalid>",
        attachments=[Attachment("2026-42.pdf", "application/pdf", PDF)],
    )


async def test_it_sends_text_and_attachments_whole(mailbox: Mailbox) -> None:
    mailer = Mailer(f"smtp://{HOST}:{mailbox.port}", "portail@example.org", Clock())
    await mailer.send(mail())
    found = mailbox.received()
    assert found["Subject"] == "Accusé de réception"
    assert found["Message-ID"] == "<1.acknowledgement@parvis.invalid>"
    assert found["Content-Language"] == "fr"
    assert found["Auto-Submitted"] == "auto-generated"
    body = found.get_body(("plain",))
    assert body is not None
    assert "À bientôt !" in body.get_content()
    (attachment,) = found.iter_attachments()
    assert attachment.get_filename() == "2026-42.pdf"
    assert attachment.get_content() == PDF


async def test_nobody_adds_a_header_through_a_subject_or_an_address(mailbox: Mailbox) -> None:
    mailer = Mailer(f"smtp://{HOST}:{mailbox.port}", "portail@example.org", Clock())
    for faulty in (mail(subject="Bonjour\r\nBcc: all@example.org"), mail(to="a@b.fr\nBcc: c@d.fr")):
        with pytest.raises(ValueError, match=r"(?i)newline|linefeed|carriage"):
            await mailer.send(faulty)
    assert list(mailbox.folder.glob("*.eml")) == []


async def test_it_says_that_the_server_is_away() -> None:
    mailer = Mailer(f"smtp://{HOST}:{free_port()}", "portail@example.org", Clock())
    with pytest.raises(aiosmtplib.SMTPException):
        await mailer.send(mail())
