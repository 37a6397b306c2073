"""A message to the webmaster: kept once, sealed, from our own forms only, forgotten in time."""

import asyncio
from datetime import timedelta

import pytest

from chassis.caller import CallerSigner, load_private_key
from chassis.clock import IdSource
from chassis.database import Database
from services.legal.app import Parts
from tests.services.legal.conftest import Callers, SetClock
from tests.services.legal.feedback.sending import WORDS, queued, send


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
