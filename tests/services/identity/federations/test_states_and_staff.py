"""Accounts that cannot be used, and the accounts of staff (ACC-07, ACC-08, ACC-12)."""

from datetime import timedelta
from uuid import UUID

import pytest

from chassis.caller import Person
from services.identity.accounts.model import Change
from services.identity.assembly import Parts
from tests.services.identity.conftest import (
    CAMILLE,
    Gateway,
    Post,
    secret_in,
    staff_member,
)
from tests.services.identity.federations.conftest import (
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
