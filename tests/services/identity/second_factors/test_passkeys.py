"""Passkeys: the two ceremonies, and what is refused in each."""

from typing import Any
from uuid import UUID

import pytest

from chassis.caller import Person
from services.identity.assembly import Parts
from tests.services.identity.conftest import CAMILLE, PASSWORD, Gateway, staff_member, step_up
from tests.services.identity.second_factors.authenticator import Authenticator


async def offer(gateway: Gateway, person: Person) -> Any:
    path = f"/accounts/{person.account_id}/factors/passkey-offers"
    body = {"step_up": await step_up(gateway, person)}
    status, made = await gateway.call("POST", path, body, person)
    assert status == 200, made
    return made


async def enrol(gateway: Gateway, person: Person, key: Authenticator) -> int:
    asked = await offer(gateway, person)
    body = {"token": asked["token"], "credential": key.make(asked["options"]), "label": "Clé"}
    path = f"/accounts/{person.account_id}/factors/passkeys"
    return (await gateway.call("POST", path, body, person))[0]


async def challenge(gateway: Gateway) -> Any:
    answer = await (await gateway.sign_in(CAMILLE.identifier, PASSWORD)).json()
    body = {"token": answer["second_step"]["token"]}
    status, asked = await gateway.call("POST", "/sign-ins/passkey-challenges", body)
    assert status == 200, asked
    return asked


async def show(gateway: Gateway, token: str, credential: Any) -> tuple[int, Any]:
    body = {"token": token, "kind": "passkey", "credential": credential}
    return await gateway.call("POST", "/sign-ins/second-step", body)


@pytest.mark.promise("ACC-11")
async def test_a_passkey_opens_a_session(gateway: Gateway, camille: UUID) -> None:
    key = Authenticator()
    assert await enrol(gateway, Person(str(camille)), key) == 201
    asked = await challenge(gateway)
    credential = key.show(asked["options"])
    status, who = await show(gateway, asked["token"], credential)
    assert (status, who["account_id"]) == (200, str(camille))
    assert (await show(gateway, asked["token"], credential))[0] == 410


@pytest.mark.promise("ACC-11", "SEC-01")
async def test_it_refuses_another_challenge_origin_key_and_a_cloned_key(
    gateway: Gateway, camille: UUID
) -> None:
    key = Authenticator()
    await enrol(gateway, Person(str(camille)), key)
    asked, other = await challenge(gateway), await challenge(gateway)
    assert (await show(gateway, asked["token"], key.show(other["options"])))[0] == 403
    key.origin = "https://portail.example"
    assert (await show(gateway, asked["token"], key.show(asked["options"])))[0] == 403
    key.origin = Authenticator().origin
    stranger = Authenticator()
    stranger.id = key.id
    assert (await show(gateway, asked["token"], stranger.show(asked["options"])))[0] == 403
    key.counter = 7
    assert (await show(gateway, asked["token"], key.show(asked["options"])))[0] == 200
    asked = await challenge(gateway)
    key.counter = 3
    assert (await show(gateway, asked["token"], key.show(asked["options"])))[0] == 403
    assert (await show(gateway, asked["token"], {"id": 3}))[0] == 403


@pytest.mark.promise("ACC-11", "SEC-02")
async def test_a_passkey_serves_one_account_and_an_offer_one_person(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    key, person = Authenticator(), Person(str(camille))
    other = await staff_member(parts, "samir")
    assert await enrol(gateway, person, key) == 201
    assert await enrol(gateway, other, key) == 403
    asked = await offer(gateway, person)
    body = {"token": asked["token"], "credential": Authenticator().make(asked["options"])}
    path = f"/accounts/{other.account_id}/factors/passkeys"
    assert (await gateway.call("POST", path, body, other))[0] == 403
