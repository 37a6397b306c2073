"""Recovering a password, an identifier, a frozen account; changing password and e-mail."""

from datetime import timedelta
from uuid import UUID

import pytest

from chassis.caller import Person
from services.identity.assembly import Parts
from services.identity.session_ends import CHANNEL
from tests.services.identity.conftest import (
    CAMILLE,
    PASSWORD,
    Gateway,
    Post,
    SetClock,
    secret_in,
    staff_member,
    state_of,
    step_up,
)

RESET = "/recuperation/mot-de-passe"
FREEZE = "/gel"
EMAIL = "/compte/courriel/confirmation"
OTHER = "Quatre cafés & 2 thés"


async def recovery_secret(gateway: Gateway, post: Post, typed: str) -> str:
    await gateway.call("POST", "/recoveries", {"lost": "password", "typed": typed})
    [mail] = await post.run()
    return secret_in(mail, RESET)


@pytest.mark.promise("ACC-09", "SEC-01")
async def test_a_password_is_recovered_once(
    gateway: Gateway, parts: Parts, camille: UUID, post: Post
) -> None:
    secret = await recovery_secret(gateway, post, "camille.durand")
    status, link = await gateway.call("POST", "/recoveries/links", {"secret": secret})
    assert (status, link) == (200, {"identifier": CAMILLE.identifier, "second_factor": False})
    weak, problem = await gateway.call(
        "POST", "/recoveries/resets", {"secret": secret, "password": "Durand 12345"}
    )
    assert (weak, problem["code"]) == (422, "password-refused")
    body = {"secret": secret, "password": OTHER}
    assert (await gateway.call("POST", "/recoveries/resets", body))[0] == 200
    assert (await gateway.call("POST", "/recoveries/resets", body))[0] == 410
    assert (await gateway.sign_in("camille.durand", PASSWORD)).status == 401
    done = await (await gateway.sign_in("camille.durand", OTHER)).json()
    assert done["session_epoch"] == 2
    [told] = await post.run()
    assert FREEZE in told.text


@pytest.mark.promise("ACC-09", "SEC-01")
async def test_a_recovery_link_lives_ten_minutes(
    gateway: Gateway, camille: UUID, post: Post, clock: SetClock
) -> None:
    secret = await recovery_secret(gateway, post, CAMILLE.email)
    clock.instant += timedelta(minutes=10)
    status, _ = await gateway.call("POST", "/recoveries/links", {"secret": secret})
    assert status == 410


@pytest.mark.promise("ACC-09")
async def test_whatever_is_typed_the_answer_is_the_same(
    gateway: Gateway, parts: Parts, camille: UUID, post: Post
) -> None:
    answers = []
    for lost in ("password", "identifier"):
        for typed in (CAMILLE.email, "nobody@courriel.example", CAMILLE.identifier, "nobody"):
            body = {"lost": lost, "typed": typed}
            answers.append(await gateway.call("POST", "/recoveries", body))
    assert answers == [(202, None)] * 8
    mails = await post.run()
    assert {mail.to for mail in mails} == {CAMILLE.email}
    assert len(mails) == 4


@pytest.mark.promise("ACC-09")
async def test_an_identifier_is_written_to_its_owner(
    gateway: Gateway, camille: UUID, post: Post
) -> None:
    body = {"lost": "identifier", "typed": " CAMILLE@courriel.example "}
    await gateway.call("POST", "/recoveries", body)
    [mail] = await post.run()
    assert "- Camille.Durand" in mail.text


async def test_three_mails_an_hour_and_no_more(
    gateway: Gateway, camille: UUID, post: Post, clock: SetClock
) -> None:
    for lost in ("password", "identifier"):
        for _ in range(5):
            await gateway.call("POST", "/recoveries", {"lost": lost, "typed": CAMILLE.email})
    assert len(await post.run()) == 6
    clock.instant += timedelta(hours=1, seconds=1)
    assert await recovery_secret(gateway, post, CAMILLE.identifier)


@pytest.mark.promise("ACC-07", "ACC-10")
async def test_a_change_of_password_is_told_and_can_be_frozen(
    gateway: Gateway, parts: Parts, camille: UUID, post: Post
) -> None:
    person = Person(str(camille))
    path = f"/accounts/{camille}/password"
    wrong, problem = await gateway.call("PUT", path, {"current": "x", "new": OTHER}, person)
    assert (wrong, problem["code"]) == (403, "password-wrong")
    async with parts.base.redis.pubsub() as listening:
        await listening.subscribe(CHANNEL)
        status, done = await gateway.call("PUT", path, {"current": PASSWORD, "new": OTHER}, person)
        assert (status, done) == (200, {"session_epoch": 2})
        await listening.get_message(timeout=5)
        message = await listening.get_message(timeout=5)
    assert message is not None
    assert str(camille).encode() in message["data"]
    [mail] = await post.run()
    secret = secret_in(mail, FREEZE)
    status, frozen = await gateway.call("POST", "/freezes", {"secret": secret})
    assert (status, frozen) == (200, {"account_id": str(camille)})
    assert await state_of(parts, camille) == "frozen"
    refused = await gateway.sign_in("camille.durand", OTHER)
    assert (refused.status, (await refused.json())["state"]) == (403, "frozen")
    told = await post.run()
    assert {mail.to for mail in told} == {CAMILLE.email, parts.base.profile.unauthorised_use.email}
    secret = await recovery_secret(gateway, post, CAMILLE.identifier)
    body = {"secret": secret, "password": "Cinq cafés & 3 thés"}
    assert (await gateway.call("POST", "/recoveries/resets", body))[0] == 200
    assert await state_of(parts, camille) == "active"


@pytest.mark.promise("ACC-07")
async def test_the_owner_freezes_at_once(gateway: Gateway, parts: Parts, camille: UUID) -> None:
    person = Person(str(camille))
    assert (await gateway.call("POST", f"/accounts/{camille}/freeze", None, person))[0] == 204
    assert await state_of(parts, camille) == "frozen"
    assert (await gateway.call("GET", f"/accounts/{camille}", None, person))[0] == 404


@pytest.mark.promise("ACC-02", "ACC-10", "SEC-01")
async def test_an_e_mail_changes_when_both_addresses_agree(
    gateway: Gateway, parts: Parts, camille: UUID, post: Post
) -> None:
    person, path = Person(str(camille)), f"/accounts/{camille}/email-changes"
    body = {"email": "nouvelle@courriel.example", "step_up": await step_up(gateway, person)}
    assert (await gateway.call("POST", path, body, person))[0] == 202
    assert (await gateway.call("POST", path, body, person))[0] == 410
    mails = {mail.to: mail for mail in await post.run()}
    former, new = mails[CAMILLE.email], mails["nouvelle@courriel.example"]
    body = {"secret": secret_in(new, EMAIL)}
    assert await gateway.call("POST", "/email-confirmations", body) == (200, {"done": False})
    shown = (await gateway.call("GET", f"/accounts/{camille}", None, person))[1]
    assert shown["email"] == CAMILLE.email
    body = {"secret": secret_in(former, EMAIL)}
    assert await gateway.call("POST", "/email-confirmations", body) == (200, {"done": True})
    shown = (await gateway.call("GET", f"/accounts/{camille}", None, person))[1]
    assert shown["email"] == "nouvelle@courriel.example"
    told = {mail.to: mail.text for mail in await post.run()}
    assert FREEZE in told[CAMILLE.email]
    assert FREEZE not in told["nouvelle@courriel.example"]


@pytest.mark.promise("SEC-01")
async def test_a_step_up_of_another_account_opens_nothing(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    other = await staff_member(parts, "samir")
    token = await step_up(gateway, other)
    body = {"email": "nouvelle@courriel.example", "step_up": token}
    path = f"/accounts/{camille}/email-changes"
    assert (await gateway.call("POST", path, body, Person(str(camille))))[0] == 410


async def test_a_stolen_session_does_not_let_guess_the_password(
    gateway: Gateway, camille: UUID
) -> None:
    person, path = Person(str(camille)), f"/accounts/{camille}/step-ups"
    statuses = [
        (await gateway.call("POST", path, {"password": f"x{number}"}, person))[0]
        for number in range(12)
    ]
    assert statuses[:11] == [403] * 11
    assert statuses[11] == 429
