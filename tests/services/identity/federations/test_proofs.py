"""Linking an account by showing that it is one’s own: password, then second factor (ACC-12)."""

import asyncio
from datetime import timedelta
from json import dumps, loads
from uuid import UUID

import pytest

from chassis.caller import Person
from services.identity.assembly import Parts
from tests.services.identity.conftest import (
    CAMILLE,
    Gateway,
    Post,
    SetClock,
    secret_in,
    step_up,
)
from tests.services.identity.federations.conftest import (
    CLAIMS,
    ISSUER,
    choice,
    come,
    keep,
    open_account,
    opened,
    prove,
    take_step,
    totp,
)

pytestmark = pytest.mark.promise("ACC-12")


async def test_an_unknown_person_is_offered_a_choice_and_nothing_is_opened(
    gateway: Gateway, parts: Parts
) -> None:
    status, answer = await come(gateway)
    assert (status, set(answer)) == (200, {"choice"})
    assert answer["choice"]["name"] == "Camille Zoé DURAND-ÜMLAUT"
    assert (answer["choice"]["email"], answer["choice"]["pending"]) == (CLAIMS["email"], False)
    async with parts.database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM accounts") == 0
        assert await connection.fetchval("SELECT count(*) FROM federated_links") == 0


async def test_the_same_e_mail_links_nothing(gateway: Gateway, camille: UUID) -> None:
    _, answer = await come(gateway, email=CAMILLE.email)
    assert set(answer) == {"choice"}


async def test_the_password_of_an_account_links_it_and_its_owner_is_told(
    gateway: Gateway, parts: Parts, camille: UUID, post: Post
) -> None:
    token = await choice(gateway)
    status, refused = await prove(gateway, token, "Pas le bon mot 1")
    assert (status, refused["code"]) == (401, "sign-in-refused")
    status, signed = await prove(gateway, token)
    assert (status, signed["account_id"], signed["newly_linked"]) == (200, str(camille), True)
    [mail] = await post.run()
    assert mail.to == CAMILLE.email
    assert "FranceConnect" in mail.text
    assert secret_in(mail, "/gel")
    status, again = await come(gateway)
    assert (status, again["account_id"]) == (200, str(camille))
    events = await parts.core.events.list_events(camille)
    actions = [event.action for event in events if event.action != "sign-in-refused"]
    assert actions == ["signed-in", "signed-in", "link-added"]
    assert events[0].detail["method"] == "franceconnect"
    assert (await prove(gateway, token))[0] == 410


async def test_an_account_with_a_second_factor_is_linked_by_it_only(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    seed, token = await totp(parts, camille), await choice(gateway)
    status, answer = await prove(gateway, token)
    assert (status, set(answer)) == (200, {"second_step"})
    assert set((await come(gateway))[1]) == {"choice"}, "linked before the second factor"
    status, signed = await take_step(gateway, answer, seed)
    assert (status, signed["newly_linked"]) == (200, True)
    _, answer = await come(gateway)
    assert set(answer) == {"second_step"}, "the second factor is still asked"


async def test_a_choice_ends_after_ten_minutes(
    gateway: Gateway, camille: UUID, clock: SetClock
) -> None:
    token = await choice(gateway)
    clock.instant += timedelta(minutes=10)
    assert (await prove(gateway, token))[0] == 410
    assert (await open_account(gateway, token))[0] == 410


async def test_one_identity_is_never_linked_to_two_accounts(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    tokens = [await choice(gateway) for _ in range(4)]
    answers = await asyncio.gather(
        *(prove(gateway, token) for token in tokens[:2]),
        *(
            open_account(gateway, token, identifier=f"course-{n}")
            for n, token in enumerate(tokens[2:])
        ),
    )
    statuses = sorted(status for status, _ in answers)
    assert set(statuses) <= {200, 201, 409}
    async with parts.database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM federated_links") == 1


async def test_a_link_is_removed_with_the_password_and_its_owner_is_told(
    gateway: Gateway, camille: UUID, post: Post
) -> None:
    await prove(gateway, await choice(gateway))
    person, path = Person(str(camille)), f"/accounts/{camille}/links/franceconnect/removal"
    status, _ = await gateway.call("POST", path, {"step_up": "x" * 43}, person)
    assert status == 410
    body = {"step_up": await step_up(gateway, person)}
    assert (await gateway.call("POST", path, body, person))[0] == 204
    body = {"step_up": await step_up(gateway, person)}
    status, problem = await gateway.call("POST", path, body, person)
    assert (status, problem["code"]) == (404, "link-not-found")
    assert set((await come(gateway))[1]) == {"choice"}
    assert "n’est plus liée" in (await post.run())[-1].text


async def test_the_last_way_in_is_never_removed(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    await prove(gateway, await choice(gateway))
    person, path = Person(str(camille)), f"/accounts/{camille}/links/franceconnect/removal"
    body = {"step_up": await step_up(gateway, person)}
    async with parts.database.transaction() as connection:
        await connection.execute("DELETE FROM credentials")
    status, problem = await gateway.call("POST", path, body, person)
    assert (status, problem["code"]) == (409, "last-way-in")


async def test_the_owner_who_links_is_never_signed_in_to_another_account(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    await opened(gateway, parts, "angela")
    person = Person(str(camille))
    status, problem = await come(gateway, "sub of angela", person=person)
    assert (status, problem["code"]) == (409, "link-taken")
    await keep(parts, camille)
    _, answer = await come(gateway, "new", person=person)
    assert set(answer) == {"choice"}, "linked without the password"


async def test_issuers_and_providers_are_told_apart(gateway: Gateway, camille: UUID) -> None:
    await prove(gateway, await choice(gateway))
    body = {"provider": "franceconnect", "issuer": "https://other.example", "subject": "abc123v1"}
    _, answer = await gateway.call("POST", "/federated-sign-ins", {**body, "claims": {}})
    assert set(answer) == {"choice"}
    assert set((await come(gateway, provider="proconnect"))[1]) == {"choice"}


@pytest.mark.promise("DAT-02", "DAT-03", "DAT-05")
async def test_a_link_is_sealed_copied_and_erased(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    await keep(parts, camille)
    await come(gateway, "a sub in clear")
    part = await parts.copies._own.gather(camille)
    [link] = part["linked_identities"]
    assert (link["issuer"], link["subject"]) == (ISSUER, "a sub in clear")
    assert link["claims"]["birthplace"] == "30189"
    assert loads(dumps(part)) == part
    async with parts.database.connection() as connection:
        [row] = await connection.fetch("SELECT * FROM federated_links")
        assert b"a sub in clear" not in row["identity"]
        assert b"DURAND" not in row["identity"]
    person = Person(str(camille))
    body = {"when": "now", "step_up": await step_up(gateway, person)}
    assert (await gateway.call("POST", f"/accounts/{camille}/erasure", body, person))[0] == 200
    async with parts.database.connection() as connection:
        for table in ("federated_links", "profile_pivots"):
            assert await connection.fetchval(f"SELECT count(*) FROM {table}") == 0
    assert set((await come(gateway, "a sub in clear"))[1]) == {"choice"}
