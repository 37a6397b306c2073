"""Many at once, at the counter, in bulk, and two agents side by side."""

import asyncio
from datetime import timedelta

import pytest

from tests.services.procedures.office import (
    WASTE,
    Desk,
    agent,
    journal,
    kinds,
    new_key,
    office_of,
    person_does,
)
from tests.services.procedures.portal import CARD_PAGES, Draft, Portal, pdf


@pytest.mark.promise("REQ-07")
async def test_two_agents_work_side_by_side_and_each_sees_the_others_change(
    portal: Portal, desk: Desk
) -> None:
    other = Desk(portal, agent())
    draft, _ = await portal.filed()
    here, there = await asyncio.gather(desk.open(draft), other.open(draft))
    assert here["revision"] == there["revision"]
    await desk.take(draft)
    # the other still has the page as it was: nothing is lost, and the change is told
    stale = await other.act(draft, "suspend", there["revision"], reason="À vérifier.")
    problem = await stale.json()
    assert (stale.status, problem["code"]) == (409, "case-changed")
    assert [change["kind"] for change in problem["changes"]] == ["taken_in_hand"]
    assert problem["assigned_to"] == desk.person.account_id
    seen = await other.open(draft)
    assert seen["case"]["assigned_to"] == desk.person.account_id
    await other.write(draft, "Pouvez-vous confirmer la date ?")
    late = await desk.act(draft, "accept", problem["revision"], reason="Conforme.")
    assert [one["kind"] for one in (await late.json())["changes"]] == ["message_sent"]
    body = {"id": new_key(), "text": "Le 3 mai."}
    assert (await person_does(portal, draft, "messages", body)).status == 204
    read = await desk.open(draft)
    assert [one["text"] for one in read["messages"]] == [
        "Pouvez-vous confirmer la date ?",
        "Le 3 mai.",
    ]
    await desk.must(draft, "accept", revision=read["revision"], reason="Conforme.")
    assert kinds((await other.open(draft))["steps"]) == [
        "started",
        "filed",
        "taken_in_hand",
        "message_sent",
        "message_received",
        "accepted",
    ]


async def test_a_bulk_action_says_what_became_of_each_request(portal: Portal, desk: Desk) -> None:
    drafts = [(await portal.filed())[0] for _ in range(3)]
    await desk.take(drafts[2])
    unknown = str(portal.ids.new_id())
    items = [{"id": str(draft.id), "revision": draft.revision} for draft in drafts]
    body = {"action": "take_in_hand", "requests": [*items, {"id": unknown, "revision": 0}]}
    response = await desk.call("POST", "/bulk", json=body)
    assert response.status == 200
    results = (await response.json())["results"]
    assert [one["code"] for one in results] == ["", "", "case-changed", "request-not-found"]
    states = [(await journal(portal, draft))["state"] for draft in drafts]
    assert states == ["taken_in_hand"] * 3


async def test_only_a_supervisor_gives_a_request_to_somebody_else(
    portal: Portal, desk: Desk, supervisor: Desk
) -> None:
    draft, _ = await portal.filed()
    colleague = agent().account_id
    body = {"revision": draft.revision, "to": colleague}
    path = f"/requests/{draft.id}/assignment"
    assert (await desk.call("PUT", path, json=body)).status == 403
    given = await supervisor.call("PUT", path, json=body)
    assert given.status == 200, await given.text()
    assert (await desk.open(draft))["case"]["assigned_to"] == colleague
    assert "assigned" not in kinds((await journal(portal, draft))["steps"])


@pytest.mark.promise("REQ-07")
async def test_an_agent_enters_a_request_for_a_person_at_the_counter(
    portal: Portal, desk: Desk
) -> None:
    draft = portal.new_draft()
    for _ in range(2):
        response = await desk.call("POST", "/entries", json=portal.new_body(draft))
        assert response.status == 201, await response.text()
    for page, answers in CARD_PAGES.items():
        assert (await portal.save(draft, page, answers)).status == 200
    await portal.upload(draft, pdf())
    assert (await portal.file(draft)).status == 200
    seen = await journal(portal, draft)
    assert kinds(seen["steps"]) == ["started", "entered_at_counter", "filed"]
    assert (await desk.open(draft))["case"]["entered_at_counter"] is True


async def test_an_agent_enters_nothing_for_another_service(portal: Portal) -> None:
    stranger = Desk(portal, agent("eau-assainissement"))
    draft = portal.new_draft()
    response = await stranger.call("POST", "/entries", json=portal.new_body(draft))
    assert response.status == 403


@pytest.mark.promise("REQ-09")
async def test_a_request_that_nobody_takes_in_hand_is_escalated_once(portal: Portal) -> None:
    draft, _ = await portal.filed()
    office = office_of(portal)
    assert await office.lifecycle.escalate_ageing() == 0
    portal.clock.instant += timedelta(days=60)
    counts = await asyncio.gather(*(office.lifecycle.escalate_ageing() for _ in range(3)))
    assert max(counts) == 1
    seen = await journal(portal, draft)
    assert seen["state"] == "escalated"
    assert kinds(seen["steps"]).count("escalated") == 1


@pytest.mark.promise("REQ-11")
async def test_the_promised_delay_is_shown_beside_the_real_one(portal: Portal, desk: Desk) -> None:
    draft, _ = await portal.filed()
    before = (await journal(portal, draft))["delay"]
    assert (before["days"], before["late"], before["decided_on"]) == (0, False, None)
    portal.clock.instant += timedelta(days=before["promised_days"] + 3)
    await desk.take(draft)
    await desk.must(draft, "accept", reason="Conforme.")
    after = (await journal(portal, draft))["delay"]
    assert after["days"] == before["promised_days"] + 3
    assert after["late"] is True


@pytest.mark.promise("REQ-11", "REQ-09")
async def test_figures_are_counted_and_survive_the_destruction_of_what_they_count(
    portal: Portal, desk: Desk
) -> None:
    drafts = [(await portal.filed())[0] for _ in range(5)]
    portal.clock.instant += timedelta(days=4)
    for draft in drafts:
        await desk.take(draft)
        await desk.must(draft, "accept", reason="Conforme.")
    erase_on = (await journal(portal, drafts[0]))["erase_on"]
    assert erase_on == "2028-11-28", "announced: 24 months after the decision"
    office = office_of(portal)
    assert await office.retention.erase_due() == 0
    portal.clock.instant += timedelta(days=732)
    assert await office.retention.erase_due() == 5
    assert await office.retention.erase_due() == 0
    for draft in drafts:
        await _is_gone(portal, desk, draft)
    period = {"service": WASTE, "first": "2026-01-01", "last": "2026-12-01"}
    found = await (await desk.call("GET", "/statistics", params=period)).json()
    assert [(one["outcome"], one["delay"], one["requests"]) for one in found["counts"]] == [
        ("accepted", "3-7", 5)
    ]


async def _is_gone(portal: Portal, desk: Desk, draft: Draft) -> None:
    for response in (
        await portal.call("GET", draft.path, key=draft.key),
        await portal.call("GET", f"{draft.path}/journal", key=draft.key),
        await desk.call("GET", f"/requests/{draft.id}"),
    ):
        assert response.status == 404
    assert await desk.search("Pagnol") == []


async def test_the_real_delay_of_a_procedure_is_public_once_it_says_nothing_of_anybody(
    portal: Portal, desk: Desk
) -> None:
    for number in range(5):
        path = "/procedures/carte-decheterie/delay"
        shown = await (await portal.call("GET", path)).json()
        assert shown["real"] is None, number
        draft, _ = await portal.filed()
        await desk.take(draft)
        await desk.must(draft, "accept", reason="Conforme.")
    shown = await (await portal.call("GET", path)).json()
    assert shown["real"] == {"requests": 5, "mean_days": 0.0, "late": 0}
    assert shown["promised"]
