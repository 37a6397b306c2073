"""Signing in with an identifier and a password."""

import unicodedata
from uuid import UUID

import pytest
from argon2 import PasswordHasher, extract_parameters

from services.identity.accounts.model import Profile
from services.identity.accounts.service import NewAccount
from services.identity.assembly import Parts
from tests.services.identity.conftest import CAMILLE, PASSWORD, Gateway


async def test_it_signs_in_whatever_the_case_and_the_form(gateway: Gateway, camille: UUID) -> None:
    for identifier, password in [
        (CAMILLE.identifier, PASSWORD),
        ("  camille.DURAND ", PASSWORD),
        ("ｃamille.durand", unicodedata.normalize("NFD", PASSWORD)),
    ]:
        response = await gateway.sign_in(identifier, password)
        assert response.status == 200
        assert response.headers["Cache-Control"] == "no-store"
        assert await response.json() == {
            "account_id": str(camille),
            "identifier": CAMILLE.identifier,
            "display_name": CAMILLE.display_name,
            "roles": [],
            "session_epoch": 1,
            "enrolment_needed": False,
            "newly_linked": False,
        }


@pytest.mark.promise("ACC-09", "SEC-01")
async def test_it_says_the_same_whether_the_identifier_is_known_or_not(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    answers = []
    for identifier, password in [
        (CAMILLE.identifier, "Le pont du Gard, 4 étages"),
        ("nobody", PASSWORD),
        ("nobody", "x" * 1000),
        (CAMILLE.identifier, PASSWORD[:-1]),
    ]:
        response = await gateway.sign_in(identifier, password)
        problem = await response.json()
        problem.pop("instance")
        answers.append((response.status, problem, sorted(response.headers)))
    assert answers[0][:2] == (
        401,
        {
            "type": "/problems/sign-in-refused",
            "title": "The identifier or the password is wrong",
            "status": 401,
            "code": "sign-in-refused",
        },
    )
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.promise("ACC-09", "SEC-01")
async def test_an_unknown_identifier_costs_the_same_work(
    gateway: Gateway, camille: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = []
    verify = PasswordHasher.verify

    def watched(self: PasswordHasher, password_hash: str, password: str) -> bool:
        done.append(extract_parameters(password_hash))
        return verify(self, password_hash, password)

    monkeypatch.setattr(PasswordHasher, "verify", watched)
    await gateway.sign_in(CAMILLE.identifier, "wrong")
    await gateway.sign_in("nobody", "wrong")
    await gateway.sign_in("nobody", "x" * 1000)
    assert len(done) == 3
    assert done[0] == done[1] == done[2]
    assert done[0].memory_cost == 19456


async def test_it_uses_the_whole_password(gateway: Gateway, parts: Parts) -> None:
    longest = "Aé1 " * 32
    async with parts.database.transaction() as connection:
        account = await parts.accounts.open_account(
            connection, NewAccount(Profile("long", "L", "l@x.example"))
        )
        await parts.passwords.set_password(connection, account.id, longest)
        with pytest.raises(ValueError, match="too long"):
            await parts.passwords.set_password(connection, account.id, longest + "!")
    assert (await gateway.sign_in("long", longest)).status == 200
    assert (await gateway.sign_in("long", longest[:-1])).status == 401
    assert (await gateway.sign_in("long", longest + "!")).status == 401


@pytest.mark.parametrize("state", ["pending", "frozen", "suspended", "terminated"])
async def test_only_who_knows_the_password_learns_that_an_account_cannot_be_used(
    gateway: Gateway, parts: Parts, camille: UUID, state: str
) -> None:
    async with parts.database.transaction() as connection:
        await connection.execute("UPDATE accounts SET state = $1", state)
    guessed = await gateway.sign_in(CAMILLE.identifier, "wrong")
    assert guessed.status == 401
    assert (await guessed.json())["code"] == "sign-in-refused"
    known = await gateway.sign_in(CAMILLE.identifier, PASSWORD)
    assert known.status == 403
    problem = await known.json()
    assert (problem["code"], problem["state"]) == ("account-not-usable", state)


@pytest.mark.promise("SEC-02")
async def test_only_the_gateway_signs_people_in(gateway: Gateway, camille: UUID) -> None:
    refused = await gateway.sign_in(CAMILLE.identifier, PASSWORD, service="procedures")
    assert refused.status == 403
    anonymous = await gateway.client.post("/sign-ins", json={})
    assert anonymous.status == 401
    assert (await anonymous.json())["code"] == "not-authenticated"


@pytest.mark.parametrize("address", ["", "unknown", "192.0.2.1, 192.0.2.2"])
async def test_it_refuses_a_call_without_the_browsers_address(
    gateway: Gateway, camille: UUID, address: str
) -> None:
    response = await gateway.sign_in(CAMILLE.identifier, PASSWORD, address)
    assert response.status == 422
    assert (await response.json())["errors"][0]["code"] == "client-address"
