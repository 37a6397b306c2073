"""Staff publish, suspend and withdraw procedures at once, and it is audited (CAT-06)."""

from typing import Any

import pytest

from chassis.audit import verify_audit
from chassis.caller import Person
from chassis.database import Database
from services.procedures.catalogue.model import State
from services.procedures.catalogue.states import TRANSITIONS
from services.procedures.desk.model import ADMINISTRATOR, AGENT_PREFIX, SUPERVISOR_PREFIX
from tests.services.procedures.conftest import portal as portal
from tests.services.procedures.conftest import procedures_environment as procedures_environment
from tests.services.procedures.conftest import seeded as seeded
from tests.services.procedures.conftest import settings as settings
from tests.services.procedures.portal import CARD, Portal

pytestmark = pytest.mark.promise("CAT-06")
ACCOUNT = "01890000-0000-7000-8000-000000000009"
CHIEF = Person(ACCOUNT, (ADMINISTRATOR,))
SUSPENSION = {
    "since": "2026-11-20",
    "until": "2026-12-01",
    "reason": {"fr": "Panne des barrières.", "en": "The barriers are out of order."},
}


async def change(
    portal: Portal, state: str, suspension: Any = None, person: Person = CHIEF, slug: str = CARD
) -> Any:
    body = {"state": state, "suspension": suspension}
    path = f"/staff/procedures/{slug}/state"
    return await portal.call("PUT", path, json=body, person=person)


async def availability(portal: Portal) -> Any:
    response = await portal.call("GET", f"/procedures/{CARD}")
    return (await response.json())["availability"] if response.status == 200 else None


async def test_a_suspension_is_seen_at_once_and_keeps_the_drafts(
    portal: Portal, seeded: Database
) -> None:
    draft = await portal.complete()
    assert (await change(portal, "suspended", SUSPENSION)).status == 200
    shown = await availability(portal)
    assert (shown["state"], shown["suspended_until"]) == ("suspended", "2026-12-01")
    assert "Panne des barrières." in shown["message"]
    refused = await portal.file(draft)
    assert (refused.status, (await refused.json())["code"]) == (409, "procedure-closed")
    assert (await portal.view(draft))["answers"]["family_name"] == "Pagnol"
    assert (await change(portal, "published")).status == 200
    assert (await portal.file(draft)).status == 200
    async with seeded.connection() as connection:
        report = await verify_audit(connection)
        entries = await connection.fetch("SELECT actor, subject, detail FROM audit_entries")
    assert report.faults == []
    assert [(row["subject"], row["detail"]["to"]) for row in entries] == [
        (CARD, "suspended"),
        (CARD, "published"),
    ]
    assert {row["actor"] for row in entries} == {f"account:{ACCOUNT}"}


async def test_the_same_change_again_does_nothing_more(portal: Portal, seeded: Database) -> None:
    for _ in range(2):
        assert (await change(portal, "withdrawn")).status == 200
    assert await availability(portal) is None
    listed = await (await portal.call("GET", "/staff/procedures", person=CHIEF)).json()
    states = {one["id"]: one["state"] for one in listed["procedures"]}
    assert states[CARD] == "withdrawn"
    async with seeded.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM audit_entries") == 1


async def test_only_some_states_follow_others(portal: Portal) -> None:
    assert set(TRANSITIONS) == set(State)
    assert (await change(portal, "withdrawn")).status == 200
    refused = await change(portal, "suspended", SUSPENSION)
    assert (refused.status, (await refused.json())["code"]) == (409, "state-unreachable")
    unknown = await change(portal, "published", slug="inconnue")
    assert unknown.status == 404


@pytest.mark.parametrize(
    ("state", "suspension"),
    [
        ("suspended", None),
        ("published", SUSPENSION),
        ("closed", None),
        ("suspended", {**SUSPENSION, "until": "2026-11-01"}),
        ("suspended", {**SUSPENSION, "reason": {"fr": "Panne."}}),
    ],
)
async def test_a_faulty_change_is_refused(portal: Portal, state: str, suspension: Any) -> None:
    assert (await change(portal, state, suspension)).status == 422


@pytest.mark.promise("SEC-02")
async def test_only_an_administrator_or_its_supervisor_changes_it(portal: Portal) -> None:
    own = Person(ACCOUNT, (f"{SUPERVISOR_PREFIX}dechets",))
    statuses = [
        (await change(portal, "withdrawn", person=Person(ACCOUNT, roles))).status
        for roles in ((), (f"{AGENT_PREFIX}dechets",), (f"{SUPERVISOR_PREFIX}voirie",))
    ]
    assert statuses == [403] * 3
    assert (await change(portal, "withdrawn", person=own)).status == 200
