"""A message to the webmaster: kept once, sealed, delivered whatever happens, forgotten in time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from chassis.caller import CallerSigner, load_private_key
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

WORDS = {
    "language": "fr",
    "subject": "Une coquille sur la page des cookies",
    "message": "Bonjour,\nil manque un « s ».",
    "name": "Camille Martin",
    "email": "camille@example.fr",
    "page": "/cookies",
}
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


async def send(callers: Callers, token: str | None = None, **changes: str) -> Any:
    body = {"form_token": token or callers.form_token(), **WORDS, **changes}
    response = await callers.send("POST", "/feedback", body)
    return {"status": response.status, **await response.json()}


async def queued(database: Database) -> list[str]:
    async with database.connection() as connection:
        rows = await connection.fetch("SELECT entrypoint FROM pgqueuer ORDER BY id")
    return [row["entrypoint"] for row in rows]


@pytest.mark.promise("LEG-05")
async def test_it_is_kept_sealed_with_its_jobs(callers: Callers, database: Database) -> None:
    answer = await send(callers)
    assert (answer["status"], answer["acknowledged_by_mail"]) == (201, True)
    assert await queued(database) == ["deliver-feedback", "acknowledge-feedback"]
    async with database.connection() as connection:
        row = str(await connection.fetchrow("SELECT * FROM feedback"))
        jobs = str(await connection.fetch("SELECT * FROM pgqueuer"))
    for word in ("coquille", "Camille", "example.fr"):
        assert word not in row + jobs
    anonymous = await send(callers, name="", email="")
    assert anonymous["acknowledged_by_mail"] is False
    assert (await queued(database))[2:] == ["deliver-feedback"]


@pytest.mark.promise("LEG-05")
async def test_the_same_form_sent_twenty_times_is_one_message(
    callers: Callers, database: Database
) -> None:
    token = callers.form_token()
    answers = await asyncio.gather(*(send(callers, token) for _ in range(20)))
    assert {answer["status"] for answer in answers} == {201}
    assert len({answer["reference"] for answer in answers}) == 1
    assert len(await queued(database)) == 2
    # other words with the same form are another message: they are not swallowed
    other = await send(callers, token, message="Autre chose")
    assert (other["status"], other["code"]) == (409, "form-already-used")


@pytest.mark.promise("LEG-05")
async def test_a_form_counts_only_between_three_seconds_and_a_day(callers: Callers) -> None:
    for age, reason in (
        (timedelta(seconds=2), "too-early"),
        (timedelta(hours=25), "expired"),
        (timedelta(seconds=-60), "too-early"),
    ):
        answer = await send(callers, callers.form_token(age))
        assert (answer["status"], answer["reason"]) == (409, reason)
    assert (await send(callers, callers.form_token(timedelta(seconds=3))))["status"] == 201


@pytest.mark.promise("LEG-05", "SEC-01")
async def test_only_a_form_of_the_gateway_counts(callers: Callers) -> None:
    claims = {"iss": "identity", "aud": "legal", "jti": str(IdSource().new_id()), "iat": 0}
    identity = callers.signer("identity")
    stranger = CallerSigner(
        "gateway", load_private_key(callers.keys / "identity.pem"), callers.clock
    )
    for token in (
        "x",
        callers.signer().token("legal"),  # a caller's token is no form
        callers.form_token(jti="x"),
        callers.form_token(aud="procedures"),
        identity.sign(
            {**claims, "iat": int(callers.clock.now().timestamp()) - 60}, "feedback-form"
        ),
        stranger.sign({**claims, "iss": "gateway"}, "feedback-form"),
    ):
        assert (await send(callers, token))["reason"] == "invalid"
    body = {"form_token": callers.form_token(), **WORDS}
    assert (await callers.send("POST", "/feedback", body, service="procedures")).status == 403


@pytest.mark.parametrize(
    "change",
    [
        {"subject": ""},
        {"subject": "a\nBcc: x@example.fr"},
        {"message": ""},
        {"message": "x" * 5001},
        {"name": "a\r\nb"},
        {"email": "pas une adresse"},
        {"email": "a@example.fr\nBcc: b@example.fr"},
    ],
)
async def test_it_refuses_what_is_no_message(callers: Callers, change: dict[str, str]) -> None:
    assert (await send(callers, **change))["status"] == 422


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


@pytest.mark.promise("LEG-05")
async def test_what_was_not_delivered_for_a_day_is_tried_anew_and_what_was_is_erased(
    callers: Callers, parts: Parts, clock: SetClock, database: Database
) -> None:
    reference = IdSource().new_id()
    await send(callers, callers.form_token(jti=str(reference)))
    assert await parts.feedback.enqueue_forgotten() == 0
    clock.instant += timedelta(days=1, seconds=1)
    assert await parts.feedback.enqueue_forgotten() == 1
    assert await parts.feedback.enqueue_forgotten() == 0
    assert (await queued(database)).count("deliver-feedback") == 2
    clock.instant += timedelta(days=parts.profile.retention.feedback_days)
    # never erased before the webmaster has it
    assert await parts.feedback.erase_old() == 0
    await parts.feedback.note_delivered(reference)
    assert await parts.feedback.erase_old() == 1
    assert await parts.feedback.find(reference) is None
