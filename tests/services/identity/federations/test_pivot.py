"""What links an account by itself: six pivot data, all the same, and nothing less (ACC-12)."""

from uuid import UUID

import pytest

from chassis.caller import Person
from services.identity.assembly import Parts
from tests.services.identity.conftest import (
    Gateway,
    Post,
)
from tests.services.identity.federations.conftest import (
    ISSUER,
    KEPT,
    choice,
    come,
    keep,
    opened,
    prove,
    take_step,
    totp,
)

pytestmark = pytest.mark.promise("ACC-12")


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


async def test_whoever_lands_in_anothers_account_takes_their_identity_away_for_good(
    gateway: Gateway, parts: Parts, camille: UUID, post: Post
) -> None:
    """The six data were typed by somebody else: without any password the victim leaves."""
    await keep(parts, camille)
    await come(gateway)
    person, path = Person(str(camille)), f"/accounts/{camille}/links/franceconnect/refusal"
    other = {"issuer": ISSUER, "subject": "somebody else"}
    status, problem = await gateway.call("POST", path, other, person)
    assert (status, problem["code"]) == (404, "link-not-found")
    refused = {"issuer": ISSUER, "subject": "abc123v1"}
    assert (await gateway.call("POST", path, refused, person))[0] == 204
    assert set((await come(gateway))[1]) == {"choice"}
    await keep(parts, camille)
    assert set((await come(gateway))[1]) == {"choice"}
    assert "n’est plus liée" in (await post.run())[-1].text
    assert "account_id" in (await come(gateway, "a homonym"))[1]


async def test_an_account_without_a_password_is_not_refused(gateway: Gateway, parts: Parts) -> None:
    account_id = await opened(gateway, parts, "angela")
    person, path = Person(str(account_id)), f"/accounts/{account_id}/links/franceconnect/refusal"
    body = {"issuer": ISSUER, "subject": "sub of angela"}
    status, problem = await gateway.call("POST", path, body, person)
    assert (status, problem["code"]) == (409, "last-way-in")
