"""An account opened with an identity, without a password (ACC-12)."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from chassis.caller import Person
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
from tests.services.identity.federations.conftest import (
    CONFIRM,
    choice,
    come,
    kept,
    open_account,
    opened,
)

pytestmark = pytest.mark.promise("ACC-12")


@pytest.mark.promise("ACC-01")
async def test_an_account_is_opened_without_a_password_once_its_e_mail_is_confirmed(
    gateway: Gateway, parts: Parts, post: Post
) -> None:
    token = await choice(gateway)
    status, made = await open_account(gateway, token)
    assert (status, made["identifier"]) == (201, "camille.neuve")
    assert await state_of(parts, made["account_id"]) == "pending"
    _, answer = await come(gateway)
    assert answer["choice"]["pending"] is True
    [mail] = await post.run()
    secret = secret_in(mail, CONFIRM)
    await gateway.call("POST", "/registrations/confirmations", {"secret": secret})
    status, signed = await come(gateway)
    assert (status, signed["account_id"]) == (200, made["account_id"])
    person, path = Person(made["account_id"]), f"/accounts/{made['account_id']}"
    _, links = await gateway.call("GET", f"{path}/links", None, person)
    assert [one["provider"] for one in links["links"]] == ["franceconnect"]
    assert links["has_password"] is False
    status, problem = await gateway.call("POST", f"{path}/step-ups", {"password": "x"}, person)
    assert (status, problem["code"]) == (403, "password-missing")
    assert await kept(parts, UUID(made["account_id"])) == {}


@pytest.mark.promise("ACC-04")
async def test_the_identity_is_kept_in_the_profile_only_if_asked(
    gateway: Gateway, parts: Parts
) -> None:
    _, made = await open_account(gateway, await choice(gateway), keep_identity=True)
    found = await kept(parts, UUID(made["account_id"]))
    assert found["birth_commune"] == "30189"
    assert found["given_name"] == "Camille Zoé"
    token = await choice(gateway, "other", birthdate="1990-00-00")
    _, made = await open_account(gateway, token, identifier="partielle", keep_identity=True)
    assert "birth_date" not in await kept(parts, UUID(made["account_id"]))


async def test_a_repeated_opening_opens_one_account(
    gateway: Gateway, parts: Parts, post: Post
) -> None:
    token = await choice(gateway)
    answers = await asyncio.gather(*(open_account(gateway, token) for _ in range(4)))
    assert {status for status, _ in answers} == {201}, answers
    assert len({answer["account_id"] for _, answer in answers}) == 1
    assert len(await post.run()) == 1


async def test_a_refused_opening_keeps_the_token(gateway: Gateway, camille: UUID) -> None:
    token = await choice(gateway)
    status, problem = await open_account(gateway, token, identifier=CAMILLE.identifier)
    assert (status, problem["code"]) == (409, "identifier-taken")
    status, problem = await open_account(gateway, token, identifier="a b", email="nowhere")
    assert (status, problem["code"]) == (422, "registration-refused")
    assert (await open_account(gateway, token))[0] == 201


async def test_a_mistyped_e_mail_is_typed_again(gateway: Gateway, parts: Parts) -> None:
    _, first = await open_account(gateway, await choice(gateway))
    status, second = await open_account(gateway, await choice(gateway), identifier="corrigee")
    assert status == 201
    async with parts.database.connection() as connection:
        [row] = await connection.fetch("SELECT account_id FROM federated_links")
    assert str(row["account_id"]) == second["account_id"] != first["account_id"]


async def test_an_unconfirmed_account_is_forgotten_with_its_link(
    gateway: Gateway, parts: Parts, clock: SetClock
) -> None:
    await open_account(gateway, await choice(gateway))
    clock.instant += timedelta(days=8)
    assert (await parts.erasures.expire())["unconfirmed"] == 1
    assert (await come(gateway))[1]["choice"]["pending"] is False


async def test_an_account_without_a_password_gets_one_by_mail(
    gateway: Gateway, parts: Parts, post: Post
) -> None:
    account_id = await opened(gateway, parts, "angela")
    await gateway.call("POST", "/recoveries", {"lost": "password", "typed": "angela"})
    [mail] = await post.run()
    secret = secret_in(mail, "/recuperation/mot-de-passe")
    body = {"secret": secret, "password": PASSWORD}
    assert (await gateway.call("POST", "/recoveries/resets", body))[0] == 200
    assert (await gateway.sign_in("angela", PASSWORD)).status == 200
    assert (await come(gateway, "sub of angela"))[1]["account_id"] == str(account_id)
