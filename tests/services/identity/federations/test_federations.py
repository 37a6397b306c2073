"""Signing in with FranceConnect or ProConnect: what links an identity to an account (ACC-12)."""

import asyncio
from datetime import timedelta
from json import dumps, loads
from typing import Any
from uuid import UUID

import pyotp
import pytest

from chassis.caller import Person
from services.identity.accounts.model import Change
from services.identity.assembly import Parts
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

pytestmark = pytest.mark.promise("ACC-12")
ISSUER = "https://fc.example/api/v2"
CLAIMS = {
    "given_name": "Camille Zoé",
    "family_name": "DURAND-ÜMLAUT",
    "birthdate": "1985-04-12",
    "gender": "female",
    "birthplace": "30189",
    "birthcountry": "99100",
    "email": "camille@courriel.example",
}
AGENT = {"given_name": "Aline", "usual_name": "Morel", "uid": "u1", "email": "a@mairie.example"}
# the same person, as somebody types it
KEPT = {
    "given_name": "camille zoe",
    "family_name": "Durand Umlaut",
    "birth_date": "1985-04-12",
    "gender": "female",
    "birth_commune": "30189",
    "birth_country": "99100",
}
OPENING = {"identifier": "camille.neuve", "email": "neuve@courriel.example"}
CONFIRM = "/inscription/confirmation"


async def come(
    gateway: Gateway,
    subject: str = "abc123v1",
    provider: str = "franceconnect",
    person: Person | None = None,
    **claims: str,
) -> tuple[int, Any]:
    """Bring back from the provider somebody whom it vouches for."""
    base = CLAIMS if provider == "franceconnect" else AGENT
    body = {
        "provider": provider,
        "issuer": ISSUER,
        "subject": subject,
        "claims": {**base, **claims},
        "link": person is not None,
    }
    return await gateway.call("POST", "/federated-sign-ins", body, person)


async def choice(gateway: Gateway, *args: Any, **more: Any) -> str:
    status, answer = await come(gateway, *args, **more)
    assert status == 200, answer
    return str(answer["choice"]["token"])


async def prove(
    gateway: Gateway, token: str, password: str = PASSWORD, identifier: str = CAMILLE.identifier
) -> tuple[int, Any]:
    body = {"token": token, "identifier": identifier, "password": password}
    return await gateway.call("POST", "/federated-sign-ins/proofs", body)


async def open_account(gateway: Gateway, token: str, **other: Any) -> tuple[int, Any]:
    body = {**OPENING, "token": token, **other}
    return await gateway.call("POST", "/federated-sign-ins/registrations", body)


async def keep(parts: Parts, account_id: UUID, **changes: str) -> None:
    await parts.core.profiles.update_profile(account_id, {**KEPT, **changes})


async def totp(parts: Parts, account_id: UUID) -> str:
    seed = pyotp.random_base32()
    async with parts.database.transaction() as connection:
        await parts.factors.add_seed(connection, account_id, seed)
    return seed


async def take_step(gateway: Gateway, answer: Any, seed: str) -> tuple[int, Any]:
    code = pyotp.TOTP(seed).at(gateway.clock.now())
    body = {"token": answer["second_step"]["token"], "kind": "totp", "code": code}
    return await gateway.call("POST", "/sign-ins/second-step", body)


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


async def test_six_matching_data_link_an_account(
    gateway: Gateway, parts: Parts, camille: UUID, post: Post
) -> None:
    await keep(parts, camille)
    status, answer = await come(gateway)
    assert (status, answer["account_id"], answer["newly_linked"]) == (200, str(camille), True)
    assert len(await post.run()) == 1
    assert (await come(gateway))[1]["newly_linked"] is False


async def test_six_matching_data_do_not_replace_the_second_factor(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    await keep(parts, camille)
    seed = await totp(parts, camille)
    _, answer = await come(gateway)
    assert set(answer) == {"second_step"}
    async with parts.database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM federated_links") == 0
    assert (await take_step(gateway, answer, seed))[1]["newly_linked"] is True


@pytest.mark.parametrize("name", list(KEPT))
async def test_five_data_are_not_enough(
    gateway: Gateway, parts: Parts, camille: UUID, name: str
) -> None:
    others = {
        "given_name": "Camille",
        "family_name": "Durand",
        "birth_date": "1985-04-13",
        "gender": "male",
        "birth_commune": "30190",
        "birth_country": "99109",
    }
    await keep(parts, camille, **{name: others[name]})
    assert set((await come(gateway))[1]) == {"choice"}
    await keep(parts, camille, **{name: ""})
    assert set((await come(gateway))[1]) == {"choice"}
    await keep(parts, camille)
    assert "account_id" in (await come(gateway))[1]


async def test_a_datum_erased_alone_undoes_the_match(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    await keep(parts, camille)
    await parts.core.profiles.erase_field(camille, "gender")
    assert set((await come(gateway))[1]) == {"choice"}


@pytest.mark.parametrize("birthdate", ["1985-00-00", "1985-04-00", ""])
async def test_a_partial_birth_date_matches_nobody(
    gateway: Gateway, parts: Parts, camille: UUID, birthdate: str
) -> None:
    await keep(parts, camille)
    assert set((await come(gateway, birthdate=birthdate))[1]) == {"choice"}


async def test_somebody_born_abroad_matches_without_a_commune(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    await keep(parts, camille, birth_commune="", birth_country="99139")
    _, answer = await come(gateway, birthplace="", birthcountry="99139")
    assert answer["account_id"] == str(camille)


async def test_two_accounts_of_one_person_leave_the_choice(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    await keep(parts, camille)
    other = await opened(gateway, parts, "second", **dict.fromkeys(["family_name"], "AUTRE"))
    await keep(parts, other)
    async with parts.database.transaction() as connection:
        await connection.execute("DELETE FROM federated_links")
    assert set((await come(gateway))[1]) == {"choice"}


async def opened(gateway: Gateway, parts: Parts, name: str, **claims: str) -> UUID:
    """Open an account with FranceConnect and confirm it."""
    token = await choice(gateway, f"sub of {name}", **claims)
    status, made = await open_account(
        gateway, token, identifier=name, email=f"{name}@courriel.example"
    )
    assert status == 201, made
    post = Post(parts)
    secret = next(secret_in(mail, CONFIRM) for mail in await post.run() if CONFIRM in mail.text)
    status, _ = await gateway.call("POST", "/registrations/confirmations", {"secret": secret})
    assert status == 200
    return UUID(made["account_id"])


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


async def kept(parts: Parts, account_id: UUID) -> dict[str, str]:
    return {one.name: one.value for one in await parts.core.profiles.read_profile(account_id)}


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


async def test_a_changed_sub_is_linked_again_by_the_vouched_identity(
    gateway: Gateway, parts: Parts, post: Post
) -> None:
    account_id = await opened(gateway, parts, "angela")
    status, signed = await come(gateway, "another sub")
    assert (status, signed["account_id"], signed["newly_linked"]) == (200, str(account_id), True)
    assert "FranceConnect" in (await post.run())[-1].text
    assert (await come(gateway, "another sub"))[1]["account_id"] == str(account_id)
    async with parts.database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM federated_links") == 1


async def test_what_was_only_typed_does_not_replace_a_vouched_identity(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    """The owner of an account cannot make it that of another person by typing their data."""
    await prove(gateway, await choice(gateway, "mine", family_name="AUTRE"))
    await keep(parts, camille)
    assert set((await come(gateway, "theirs"))[1]) == {"choice"}


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (Change.FREEZE, "frozen"),
        (Change.SUSPEND, "suspended"),
        (Change.TERMINATE, "terminated"),
    ],
)
async def test_an_account_that_cannot_be_used_is_not_opened_by_an_identity(
    gateway: Gateway, parts: Parts, change: Change, state: str
) -> None:
    account_id = await opened(gateway, parts, "angela")
    async with parts.database.transaction() as connection:
        account = await parts.accounts.lock_account(connection, account_id)
        await parts.accounts.change_state(connection, account, change)
    for subject in ("sub of angela", "another sub"):
        status, problem = await come(gateway, subject)
        assert (status, problem["code"], problem["state"]) == (403, "account-not-usable", state)


@pytest.mark.promise("ACC-07")
async def test_a_frozen_account_that_is_recovered_loses_its_links(
    gateway: Gateway, parts: Parts, camille: UUID, post: Post
) -> None:
    await prove(gateway, await choice(gateway))
    person = Person(str(camille))
    await gateway.call("POST", f"/accounts/{camille}/freeze", None, person)
    await gateway.call("POST", "/recoveries", {"lost": "password", "typed": CAMILLE.identifier})
    mails = await post.run()
    path = "/recuperation/mot-de-passe"
    secret = next(secret_in(mail, path) for mail in mails if path in mail.text)
    body = {"secret": secret, "password": "Trois cafés & 1 thé"}
    assert (await gateway.call("POST", "/recoveries/resets", body))[0] == 200
    assert set((await come(gateway))[1]) == {"choice"}


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


async def test_staff_come_by_proconnect_and_keep_their_second_factor(
    gateway: Gateway, parts: Parts
) -> None:
    aline = await staff_member(parts, "aline", "agent")
    seed = await totp(parts, UUID(aline.account_id))
    token = await choice(gateway, "agent-1", "proconnect")
    _, answer = await prove(gateway, token, identifier="aline")
    _, signed = await take_step(gateway, answer, seed)
    assert signed["roles"] == ["agent"]
    _, answer = await come(gateway, "agent-1", "proconnect")
    assert set(answer) == {"second_step"}
    gateway.clock.instant += timedelta(minutes=1)  # type: ignore[attr-defined]
    _, signed = await take_step(gateway, answer, seed)
    assert signed["roles"] == ["agent"]


async def test_proconnect_without_a_second_factor_gives_no_role(
    gateway: Gateway, parts: Parts
) -> None:
    await staff_member(parts, "aline", "agent")
    await prove(gateway, await choice(gateway, "agent-1", "proconnect"), identifier="aline")
    _, signed = await come(gateway, "agent-1", "proconnect")
    assert (signed["roles"], signed["enrolment_needed"]) == ([], True)


async def test_proconnect_opens_no_account_and_links_no_resident(
    gateway: Gateway, camille: UUID
) -> None:
    token = await choice(gateway, "agent-1", "proconnect")
    status, problem = await open_account(gateway, token)
    assert (status, problem["code"]) == (403, "wrong-provider")
    status, problem = await prove(gateway, token)
    assert (status, problem["code"]) == (403, "wrong-provider")


async def test_franceconnect_opens_no_account_of_staff(gateway: Gateway, parts: Parts) -> None:
    aline = await staff_member(parts, "aline", "agent")
    status, problem = await prove(gateway, await choice(gateway), identifier="aline")
    assert (status, problem["code"]) == (403, "wrong-provider")
    account_id = await opened(gateway, parts, "angela")
    async with parts.database.transaction() as connection:
        await parts.accounts.change_roles(connection, account_id, ["agent"])
    status, problem = await come(gateway, "sub of angela")
    assert (status, problem["code"]) == (403, "wrong-provider")
    await keep(parts, UUID(aline.account_id))
    assert set((await come(gateway, "new"))[1]) == {"choice"}


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
