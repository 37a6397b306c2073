"""Templates of reasons: of a service, by its supervisors, never overwritten unseen (REQ-07)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.services.procedures.office import Desk, agent, new_key
from tests.services.procedures.portal import Portal

BODY = {
    "service": "dechets",
    "outcome": "refused",
    "title": "Hors du territoire",
    "body_fr": "Le dossier {number} est hors du territoire.",
    "body_en": "Request {number} is outside the area.",
}


async def save(desk: Desk, identifier: str, **changes: Any) -> int:
    response = await desk.call("PUT", f"/templates/{identifier}", json={**BODY, **changes})
    return response.status


async def find(desk: Desk, identifier: str) -> Any:
    listed = (await (await desk.call("GET", "/templates")).json())["templates"]
    return next((one for one in listed if one["id"] == identifier), None)


@pytest.mark.promise("REQ-07")
async def test_agents_start_from_what_a_supervisor_wrote_until_it_is_removed(
    portal: Portal, desk: Desk, supervisor: Desk
) -> None:
    identifier = new_key()
    assert await save(supervisor, identifier) == 204
    found = await find(desk, identifier)
    assert (found["title"], found["body_fr"]) == (BODY["title"], BODY["body_fr"])
    assert await find(Desk(portal, agent("voirie")), identifier) is None
    removed = await supervisor.call("DELETE", f"/templates/{identifier}")
    assert removed.status == 204
    assert await find(desk, identifier) is None
    shipped = (await (await desk.call("GET", "/templates")).json())["templates"]
    assert shipped
    assert all(one["changed_at"] is None for one in shipped)


@pytest.mark.promise("REQ-07")
async def test_a_change_that_was_not_seen_is_never_overwritten(
    supervisor: Desk, portal: Portal
) -> None:
    identifier, other = new_key(), Desk(portal, agent(role="supervisor"))
    assert await save(supervisor, identifier) == 204
    assert await save(supervisor, identifier) == 204, "said again, nothing changes"
    seen = (await find(supervisor, identifier))["changed_at"]
    assert await save(supervisor, identifier, title="Autre") == 409
    portal.clock.instant += timedelta(minutes=1)
    assert await save(other, identifier, title="Le mien", changed_at=seen) == 204
    assert await save(supervisor, identifier, title="Le tien", changed_at=seen) == 409
    now = await find(other, identifier)
    assert now["title"] == "Le mien"
    await other.call("DELETE", f"/templates/{identifier}")
    assert await save(supervisor, identifier, title="X", changed_at=now["changed_at"]) == 409


@pytest.mark.promise("SEC-02")
async def test_only_its_supervisors_write_it(portal: Portal, desk: Desk, supervisor: Desk) -> None:
    identifier = new_key()
    assert await save(desk, identifier) == 403
    assert await save(supervisor, identifier, service="voirie") == 403
    assert await save(supervisor, identifier) == 204
    elsewhere = Desk(portal, agent("voirie", role="supervisor"))
    assert await save(elsewhere, identifier, service="voirie") == 404
    assert (await elsewhere.call("DELETE", f"/templates/{identifier}")).status == 404


@pytest.mark.parametrize("text", ["Bonjour {nom}", "{}", "{number.__class__}", "   "])
async def test_a_marker_that_nothing_replaces_is_refused(supervisor: Desk, text: str) -> None:
    assert await save(supervisor, new_key(), body_en=text) == 422
