"""What staff do with accounts, and how the person sees it."""

from uuid import UUID

import pytest

from chassis.audit import verify_audit
from chassis.caller import Person
from services.identity.assembly import Parts
from tests.services.identity.conftest import (
    CAMILLE,
    PASSWORD,
    Gateway,
    Post,
    staff_member,
    state_of,
)

REASON = {"reason": "Usage illicite constaté"}


@pytest.mark.promise("ACC-08", "DAT-04")
async def test_staff_suspend_terminate_and_reinstate_with_reasons(
    gateway: Gateway, parts: Parts, camille: UUID, post: Post
) -> None:
    boss = await staff_member(parts, "adele", "administrator")
    path = f"/staff/accounts/{camille}"
    body = {"identifier": "CAMILLE.durand"}
    found = (await gateway.call("POST", "/staff/account-searches", body, boss))[1]
    assert (found["account_id"], found["state"]) == (str(camille), "active")
    assert set(found).isdisjoint({"email", "display_name"})
    for act, state in [
        ("suspension", "suspended"),
        ("reinstatement", "active"),
        ("termination", "terminated"),
    ]:
        assert (await gateway.call("POST", f"{path}/{act}", REASON, boss))[0] == 204
        assert await state_of(parts, camille) == state
    refused = await gateway.sign_in(CAMILLE.identifier, PASSWORD)
    assert (refused.status, (await refused.json())["state"]) == (403, "terminated")
    assert (await gateway.call("POST", f"{path}/suspension", REASON, boss))[0] == 409
    assert (await gateway.call("POST", f"{path}/reinstatement", {"reason": " "}, boss))[0] == 422
    assert (await gateway.call("POST", f"{path}/reinstatement", REASON, boss))[0] == 204
    mails = await post.run()
    assert len(mails) == 4
    assert all(REASON["reason"] in mail.text for mail in mails)
    events = (await gateway.call("GET", f"/accounts/{camille}/events", None, Person(str(camille))))[
        1
    ]["events"]
    assert [event["action"] for event in events if event["actor"] == "staff"] == [
        "reinstated",
        "terminated",
        "reinstated",
        "suspended",
        "read-by-staff",
    ]
    assert events[0]["detail"] == REASON
    async with parts.database.connection() as connection:
        report = await verify_audit(connection)
    assert report.faults == []


@pytest.mark.promise("ACC-08", "SEC-02")
async def test_a_role_that_was_taken_away_does_nothing_any_more(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    boss = await staff_member(parts, "adele", "administrator")
    async with parts.database.transaction() as connection:
        await parts.accounts.change_roles(connection, UUID(boss.account_id), ["agent"])
    path = f"/staff/accounts/{camille}/suspension"
    assert (await gateway.call("POST", path, REASON, boss))[0] == 403
    claimed = Person(boss.account_id, ("agent", "administrator", "supervisor"))
    assert (await gateway.call("POST", path, REASON, claimed))[0] == 403
    own = await staff_member(parts, "berthe", "administrator")
    path = f"/staff/accounts/{own.account_id}/suspension"
    assert (await gateway.call("POST", path, REASON, own))[1]["code"] == "own-account"


@pytest.mark.promise("ACC-11")
async def test_a_reset_of_second_factors_takes_two_people(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    first = await staff_member(parts, "adele", "administrator")
    second = await staff_member(parts, "berthe", "supervisor")
    async with parts.database.transaction() as connection:
        await parts.factors.add_seed(connection, camille, "JBSWY3DPEHPK3PXP")
    answer = await (await gateway.sign_in(CAMILLE.identifier, PASSWORD)).json()
    assert "second_step" in answer
    path = f"/staff/accounts/{camille}/factor-resets"
    token = (await gateway.call("POST", path, REASON, first))[1]["token"]
    body = {"token": token}
    status, problem = await gateway.call("POST", "/staff/factor-resets", body, first)
    assert (status, problem["code"]) == (403, "second-person-needed")
    assert (await gateway.call("POST", "/staff/factor-resets", body, second))[0] == 200
    assert (await gateway.call("POST", "/staff/factor-resets", body, second))[0] == 410
    answer = await (await gateway.sign_in(CAMILLE.identifier, PASSWORD)).json()
    assert answer["session_epoch"] == 2
