"""chassis.mailer sends to a real SMTP server: the local mailbox"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import aiosmtplib
import pytest
import structlog
from aiohttp.test_utils import TestServer
from aiosmtpd.controller import Controller

from chassis.clock import Clock
from chassis.database import Database
from chassis.jobs import JobWorker, enqueue_job, open_job_pool, run_until
from chassis.logs import traceback_without_words
from chassis.mailer import Attachment, Mail, Mailer
from chassis.migrations import migrate
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


class Refusing:
    """A server that takes no recipient, and says which in its refusal."""

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, _envelope: Any, address: str, _options: Any
    ) -> str:
        return f"550 5.1.1 <{address}>: no such mailbox here"


@pytest.mark.promise("DAT-05")
async def test_a_refused_recipient_is_told_to_nobody_by_the_jobs_and_the_logs(
    empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chassis.jobs.MAX_ATTEMPTS", 0)
    quoted: list[str] = []
    await migrate(empty_database_url, tmp_path, jobs=True)
    pool = await open_job_pool(empty_database_url)
    database = await Database.open(empty_database_url, size=2)
    server = Controller(Refusing(), hostname=HOST, port=free_port())
    server.start()
    tried = asyncio.Event()

    async def send(_payload: dict[str, Any]) -> None:
        mailer = Mailer(f"smtp://{HOST}:{server.port}", "portail@example.org", Clock())
        try:
            await mailer.send(mail())
        except aiosmtplib.SMTPRecipientsRefused as refused:
            quoted.append(str(refused))
            raise
        finally:
            tried.set()

    try:
        with structlog.testing.capture_logs(processors=[traceback_without_words]) as told:
            async with asyncio.timeout(60), database.transaction() as connection:
                await enqueue_job(connection, "mail", {"number": 1})
            await run_until(JobWorker(pool, {"mail": send}), tried)
        async with database.connection() as connection:
            kept = await connection.fetch("SELECT l::text FROM pgqueuer_log AS l")
    finally:
        server.stop()
        await pool.close()
        await database.close()
    assert "amelie" in quoted[0], "the library does quote the address"
    assert any("SMTPRecipientsRefused" in str(event) for event in told)
    assert "SMTPRecipientsRefused" in str(kept)
    assert "amelie" not in str(told) + str(kept)
