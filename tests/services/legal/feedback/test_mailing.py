"""The mails of a message: to the webmaster, back to its sender, whatever the mail server does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from chassis.clock import IdSource
from chassis.database import Database
from chassis.jobs import JobWorker, open_job_pool, run_until
from chassis.mailer import Mailer
from deploy.local.ports import free_port
from services.legal.app import Parts
from services.legal.feedback.mailing import FeedbackMailing, MailNotTaken
from services.legal.settings import Settings
from services.legal.worker import job_handlers
from tests.services.legal.conftest import Callers, SetClock
from tests.services.legal.feedback.sending import WORDS, queued, send

REFUSED = "inconnu@example.fr"


class Box:
    """What the mail server was given."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.received = asyncio.Event()

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if address == REFUSED:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@asynccontextmanager
async def mail_server(box: Box, port: int) -> AsyncIterator[None]:
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        await asyncio.to_thread(controller.stop)


@pytest.fixture
def smtp_port() -> int:
    return free_port()


@pytest.fixture
def mailing(parts: Parts, clock: SetClock, smtp_port: int) -> FeedbackMailing:
    mailer = Mailer(f"smtp://127.0.0.1:{smtp_port}", "portail@example.fr", clock)
    return FeedbackMailing(parts.feedback, mailer, parts.profile)


@pytest.mark.promise("LEG-05")
async def test_the_webmaster_gets_it_and_its_sender_an_acknowledgement(
    callers: Callers, parts: Parts, mailing: FeedbackMailing, smtp_port: int
) -> None:
    reference = IdSource().new_id()
    await send(callers, callers.form_token(jti=str(reference)))
    box = Box()
    async with mail_server(box, smtp_port):
        for _ in range(2):
            await mailing.deliver(reference)
            await mailing.acknowledge(reference)
    to_webmaster, acknowledgement = box.mails
    assert to_webmaster["To"] == parts.profile.webmaster.email
    assert to_webmaster["Reply-To"] == WORDS["email"]
    assert to_webmaster["Subject"] == f"[Portail] {WORDS['subject']}"
    for word in ("il manque un « s »", "Camille Martin", "/cookies", str(reference)):
        assert word in to_webmaster.get_content()
    assert acknowledgement["To"] == WORDS["email"]
    told = acknowledgement.get_content()
    assert str(reference) in told
    assert parts.profile.telephone in told
    # nobody can write to a third person through this form
    assert "coquille" not in told + acknowledgement["Subject"]
    assert "Camille" not in told


@pytest.mark.promise("LEG-05", "AVA-03")
async def test_a_mail_server_that_stops_and_starts_again_loses_nothing(
    callers: Callers,
    parts: Parts,
    settings: Settings,
    clock: SetClock,
    smtp_port: int,
    database: Database,
) -> None:
    reachable = replace(settings, smtp_url=f"smtp://127.0.0.1:{smtp_port}")
    reference = IdSource().new_id()
    await send(callers, callers.form_token(jti=str(reference)))
    box, stopped, failed = Box(), asyncio.Event(), asyncio.Event()
    handlers = dict(job_handlers(parts, reachable, clock))

    def watched(name: str) -> Any:
        handler = handlers[name]

        async def run(payload: dict[str, Any]) -> None:
            try:
                await handler(payload)
            except MailNotTaken:
                failed.set()
                raise
            if len(box.mails) == 2:
                stopped.set()

        return run

    pool = await open_job_pool(settings.database_url)
    worker = JobWorker(pool, {name: watched(name) for name in handlers})
    try:
        async with asyncio.timeout(60):
            running = asyncio.ensure_future(run_until(worker, stopped))
            await failed.wait()  # nobody listens on the port
            async with mail_server(box, smtp_port):
                await running
    finally:
        await pool.close()
    assert {mail["To"] for mail in box.mails} == {parts.profile.webmaster.email, WORDS["email"]}
    stored = await parts.feedback.find(reference)
    assert stored is not None
    assert stored.delivered_at is not None
    assert await queued(database) == []


@pytest.mark.promise("DAT-05")
async def test_a_failure_names_no_address_and_a_final_refusal_is_let_go(
    callers: Callers, parts: Parts, mailing: FeedbackMailing, smtp_port: int
) -> None:
    reference = IdSource().new_id()
    await send(callers, callers.form_token(jti=str(reference)), email=REFUSED)
    with pytest.raises(MailNotTaken) as failure:
        await mailing.acknowledge(reference)
    assert "example.fr" not in str(failure.value)
    assert failure.value.__cause__ is None
    async with mail_server(Box(), smtp_port):
        await mailing.acknowledge(reference)
    stored = await parts.feedback.find(reference)
    assert stored is not None
    assert stored.acknowledged_at is not None
    assert stored.delivered_at is None
