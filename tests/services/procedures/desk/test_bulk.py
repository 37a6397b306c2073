"""The same done to many requests: honest on each, harmless when repeated (REQ-07)."""

from typing import Any

import pytest

from tests.services.procedures.office import Desk, agent, journal, kinds, new_key
from tests.services.procedures.portal import Draft, Portal

PROOF = "justificatif-domicile"


async def act(desk: Desk, items: list[dict[str, Any]], key: str = "", **body: Any) -> Any:
    response = await desk.call(
        "POST",
        "/bulk",
        json={"requests": items, **body},
        headers={"Idempotency-Key": key} if key else None,
    )
    assert response.status == 200, await response.text()
    return (await response.json())["results"]


async def item(desk: Desk, draft: Draft) -> dict[str, Any]:
    return {"id": str(draft.id), "revision": (await desk.open(draft))["revision"]}


async def taken(portal: Portal, desk: Desk, count: int) -> list[Draft]:
    drafts = [(await portal.filed())[0] for _ in range(count)]
    for draft in drafts:
        await desk.take(draft)
    return drafts


@pytest.mark.promise("REQ-07")
async def test_a_message_is_written_to_each_person_once(portal: Portal, desk: Desk) -> None:
    drafts = await taken(portal, desk, 2)
    items, key = [await item(desk, draft) for draft in drafts], new_key()
    text = "Le guichet sera fermé lundi."
    for _ in range(2):
        results = await act(desk, items, key, action="message", reason=text)
        assert [one["code"] for one in results] == ["", ""]
    # the same words again, asked for again, are another message
    await act(desk, items[:1], new_key(), action="message", reason=text)
    await act(desk, items[:1], action="message", reason=text)
    seen = [(await journal(portal, draft))["messages"] for draft in drafts]
    assert [[one["text"] for one in messages] for messages in seen] == [[text] * 3, [text]]


async def test_a_message_without_words_is_refused_whole(portal: Portal, desk: Desk) -> None:
    (draft,) = await taken(portal, desk, 1)
    body = {"requests": [await item(desk, draft)], "action": "message", "reason": "  "}
    assert (await desk.call("POST", "/bulk", json=body)).status == 422


@pytest.mark.promise("REQ-07")
async def test_documents_are_asked_of_each_person_once(portal: Portal, desk: Desk) -> None:
    drafts = await taken(portal, desk, 2)
    items, key = [await item(desk, draft) for draft in drafts], new_key()
    body = {"action": "ask_person", "reason": "Illisible.", "documents": [PROOF]}
    for _ in range(2):
        results = await act(desk, items, key, **body)
        assert [one.get("state") for one in results] == ["awaiting_person"] * 2
    for draft in drafts:
        seen = await journal(portal, draft)
        assert kinds(seen["steps"]).count("asked") == 1
        assert [one["document"] for one in seen["correction"]["documents"]] == [PROOF]
    unknown = await act(desk, items[:1], action="ask_person", reason="X", documents=["autre"])
    assert [one["code"] for one in unknown] == ["invalid-input"]


@pytest.mark.promise("REQ-07")
async def test_those_that_can_be_closed_are_and_the_others_are_told_why(
    portal: Portal, desk: Desk
) -> None:
    ready, changed, decided = await taken(portal, desk, 3)
    filed, _ = await portal.filed()
    drafts = (ready, changed, decided, filed)
    items, key = [await item(desk, draft) for draft in drafts], new_key()
    await desk.write(changed, "Encore un mot.")
    await desk.must(decided, "refuse", reason="Hors du territoire.")
    items[2] = await item(desk, decided)
    for _ in range(2):
        results = await act(desk, items, key, action="close", reason="Démarche supprimée.")
        codes = [one["code"] for one in results]
        assert codes == ["", "case-changed", "transition-refused", "transition-refused"]
    states = [(await journal(portal, draft))["state"] for draft in drafts]
    assert states == ["closed", "taken_in_hand", "refused", "filed"]
    nothing = await act(desk, items[1:2], action="close", reason=" ")
    assert nothing[0]["code"] == "case-changed"


@pytest.mark.promise("REQ-07", "SEC-02")
async def test_a_supervisor_gives_many_to_a_colleague_and_takes_them_back(
    portal: Portal, desk: Desk, supervisor: Desk
) -> None:
    drafts = await taken(portal, desk, 2)
    items, colleague = [await item(desk, draft) for draft in drafts], agent().account_id
    refused = await act(desk, items, action="assign", to=colleague)
    assert [one["code"] for one in refused] == ["not-allowed"] * 2
    for _ in range(2):
        given = await act(supervisor, items, action="assign", to=colleague)
        assert [one["code"] for one in given] == ["", ""]
    listed = (await desk.queue(assigned=colleague))["requests"]
    assert {row["id"] for row in listed} == {str(draft.id) for draft in drafts}
    stale = await act(supervisor, items, action="assign", to=None)
    assert [one["code"] for one in stale] == ["case-changed"] * 2
    items = [await item(desk, draft) for draft in drafts]
    back = await act(supervisor, items, action="assign", to=None)
    assert [one["code"] for one in back] == ["", ""]
    assert (await desk.queue(assigned=colleague))["requests"] == []
    wrong = await desk.call("GET", "/requests", params={"service": "dechets", "assigned": "x"})
    assert wrong.status == 422


@pytest.mark.promise("DAT-04", "REQ-10")
async def test_the_desk_sees_which_colleague_read(portal: Portal, desk: Desk) -> None:
    draft, _ = await portal.filed()
    other = Desk(portal, agent())
    await other.open(draft)
    readings = (await desk.open(draft))["readings"]
    readers = [one["reader_id"] for one in readings]
    assert readers == [desk.person.account_id, other.person.account_id]
    # the person sees the readings, and no name
    seen = (await journal(portal, draft))["readings"]
    assert len(seen) == 2
    assert all("reader_id" not in one for one in seen)
