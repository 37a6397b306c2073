"""Opening an account."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.identity.assembly import Parts
from tests.services.identity.conftest import (
    CAMILLE,
    PASSWORD,
    Gateway,
    Post,
    SetClock,
    secret_in,
    state_of,
)

CONFIRM = "/inscription/confirmation"
TYPED = {
    "identifier": "Samir.Benali",
    "password": "Trois cafés & 1 thé",
    "email": "samir@courriel.example",
    "key": "a-key-of-the-form-1234",
}


async def register(gateway: Gateway, **other: Any) -> tuple[int, Any]:
    return await gateway.call("POST", "/registrations", {**TYPED, **other})


@pytest.mark.promise("ACC-01", "ACC-02")
async def test_an_account_opens_once_its_e_mail_is_confirmed(
    gateway: Gateway, parts: Parts, post: Post
) -> None:
    status, made = await register(gateway)
    assert (status, made["identifier"]) == (201, "Samir.Benali")
    refused = await gateway.sign_in("samir.benali", TYPED["password"])
    assert (refused.status, (await refused.json())["state"]) == (403, "pending")
    [mail] = await post.run()
    assert mail.to == "samir@courriel.example"
    secret = secret_in(mail, CONFIRM)
    assert len(secret) >= 43
    status, confirmed = await gateway.call(
        "POST", "/registrations/confirmations", {"secret": secret}
    )
    assert (status, confirmed) == (200, {"identifier": "Samir.Benali"})
    again, _ = await gateway.call("POST", "/registrations/confirmations", {"secret": secret})
    assert again == 410
    assert (await gateway.sign_in("SAMIR.benali", TYPED["password"])).status == 200


@pytest.mark.promise("SEC-01")
async def test_a_confirmation_link_is_too_old_after_a_day(
    gateway: Gateway, post: Post, clock: SetClock
) -> None:
    await register(gateway)
    [mail] = await post.run()
    clock.instant += timedelta(hours=24)
    secret = secret_in(mail, CONFIRM)
    status, _ = await gateway.call("POST", "/registrations/confirmations", {"secret": secret})
    assert status == 410


async def test_a_repeated_registration_opens_one_account(gateway: Gateway, post: Post) -> None:
    answers = await asyncio.gather(*(register(gateway) for _ in range(4)))
    assert {status for status, _ in answers} == {201}
    assert len({answer["account_id"] for _, answer in answers}) == 1
    assert len(await post.run()) == 1
    status, conflict = await register(gateway, identifier="quelqu-un")
    assert (status, conflict["code"]) == (409, "registration-conflict")


@pytest.mark.promise("ACC-02")
async def test_a_taken_identifier_is_told(gateway: Gateway, camille: UUID) -> None:
    for identifier in ("camille.durand", "CAMILLE.DURAND", "camiIle.durand", "camille-durand"):
        status, problem = await register(gateway, identifier=identifier)
        assert (status, problem["code"]) == (409, "identifier-taken")


@pytest.mark.promise("ACC-09")
async def test_a_known_e_mail_changes_nothing(gateway: Gateway, camille: UUID, post: Post) -> None:
    known, first = await register(gateway, email=CAMILLE.email)
    unknown, second = await register(gateway, identifier="autre", key="another-key-123456789")
    assert (known, set(first)) == (unknown, set(second)) == (201, {"account_id", "identifier"})
    mails = await post.run()
    assert [mail.subject for mail in mails] == [mails[0].subject] * 2


@pytest.mark.promise("ACC-03")
async def test_every_fault_is_told(gateway: Gateway) -> None:
    status, problem = await register(gateway, identifier="a b", email="nowhere")
    assert status == 422
    codes = {error["code"] for error in problem["errors"]}
    assert codes == {"identifier-characters", "email-invalid"}
    status, problem = await register(gateway, password="Samir Benali 1")
    assert (status, problem["code"]) == (422, "password-refused")
    assert problem["rules"] == ["unrelated"]


@pytest.mark.promise("ACC-03")
async def test_a_page_can_show_each_rule(gateway: Gateway) -> None:
    body = {"password": "Samir benali", "identifier": "samir", "language": "en"}
    status, answer = await gateway.call("POST", "/password-rules", body)
    assert status == 200
    rules = {rule["id"]: rule["met"] for rule in answer["rules"]}
    assert rules == {
        "length": True,
        "lower": True,
        "upper": True,
        "digit": False,
        "special": True,
        "uncommon": True,
        "unrelated": False,
    }
    assert answer["rules"][3]["text"] == "A digit"


async def test_an_account_that_nobody_confirms_frees_its_identifier(
    gateway: Gateway, parts: Parts, clock: SetClock
) -> None:
    _, made = await register(gateway)
    clock.instant += timedelta(days=6)
    await parts.erasures.expire()
    assert await state_of(parts, made["account_id"]) == "pending"
    clock.instant += timedelta(days=2)
    assert (await parts.erasures.expire())["unconfirmed"] == 1
    status, _ = await register(gateway, key="another-key-123456789")
    assert status == 201


async def test_the_password_is_kept_hashed_only(gateway: Gateway, parts: Parts) -> None:
    await register(gateway, password=PASSWORD)
    async with parts.database.connection() as connection:
        stored = await connection.fetchval("SELECT password_hash FROM credentials")
    assert stored.startswith("$argon2id$")
