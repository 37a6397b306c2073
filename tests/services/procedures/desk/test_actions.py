"""What agents do to a request, and what its owner sees of it."""

import asyncio

import pytest

from chassis.caller import Person
from tests.services.procedures.office import (
    WASTE,
    Desk,
    agent,
    join_file,
    journal,
    kinds,
    new_key,
    person_does,
)
from tests.services.procedures.portal import Portal


@pytest.mark.promise("REQ-07", "REQ-06")
async def test_a_request_is_taken_in_hand_then_decided_and_its_owner_sees_each_step(
    portal: Portal, desk: Desk
) -> None:
    draft, _ = await portal.filed()
    taken = await desk.take(draft)
    assert taken["state"] == "taken_in_hand"
    await desk.must(draft, "accept", reason="Les conditions sont remplies.")
    seen = await journal(portal, draft)
    assert seen["state"] == "accepted"
    assert kinds(seen["steps"]) == ["started", "filed", "taken_in_hand", "accepted"]
    assert seen["steps"][-1]["reason"] == "Les conditions sont remplies."
    assert seen["steps"][-1]["letter"] is True
    assert all(step["at"] for step in seen["steps"])
    assert seen["actions"] == []


@pytest.mark.promise("REQ-07")
async def test_a_decision_without_a_reason_is_refused(portal: Portal, desk: Desk) -> None:
    draft, _ = await portal.filed()
    await desk.take(draft)
    response = await desk.act(draft, "refuse", reason="  ")
    assert response.status == 422
    assert (await response.json())["code"] == "reason-missing"
    assert (await journal(portal, draft))["state"] == "taken_in_hand"


async def test_a_decision_before_taking_in_hand_is_refused(portal: Portal, desk: Desk) -> None:
    draft, _ = await portal.filed()
    response = await desk.act(draft, "accept", reason="Trop tôt.")
    assert response.status == 409
    assert (await response.json())["code"] == "transition-refused"


async def test_an_action_repeated_under_its_key_is_done_once(portal: Portal, desk: Desk) -> None:
    draft, _ = await portal.filed()
    revision, key = (await desk.open(draft))["revision"], new_key()
    answers = await asyncio.gather(
        *(desk.act(draft, "take_in_hand", revision, key) for _ in range(5))
    )
    assert [answer.status for answer in answers] == [200] * 5
    assert kinds((await journal(portal, draft))["steps"]).count("taken_in_hand") == 1


@pytest.mark.promise("REQ-07")
async def test_two_agents_never_overwrite_each_other(portal: Portal, desk: Desk) -> None:
    other = Desk(portal, agent())
    draft, _ = await portal.filed()
    revision = (await desk.take(draft))["revision"]
    answers = await asyncio.gather(
        desk.act(draft, "accept", revision, reason="Oui."),
        other.act(draft, "refuse", revision, reason="Non."),
    )
    statuses = sorted(answer.status for answer in answers)
    assert statuses == [200, 409]
    refused = next(answer for answer in answers if answer.status == 409)
    problem = await refused.json()
    assert problem["code"] == "case-changed"
    final = (await journal(portal, draft))["state"]
    assert [change["kind"] for change in problem["changes"]] == [final]
    assert problem["state"] == final


@pytest.mark.promise("REQ-08")
async def test_a_false_declaration_suspends_then_ends_the_request_with_its_reasons(
    portal: Portal, desk: Desk, supervisor: Desk
) -> None:
    draft, _ = await portal.filed()
    await desk.must(draft, "suspend", reason="L’adresse déclarée n’existe pas.")
    refused = await desk.act(draft, "terminate", reason="Fausse déclaration.")
    assert refused.status == 409, "only a supervisor ends a request"
    await supervisor.must(draft, "terminate", reason="Fausse déclaration (article 441-1).")
    seen = await journal(portal, draft)
    assert seen["state"] == "closed"
    assert kinds(seen["steps"])[-2:] == ["suspended", "terminated"]
    letter = seen["steps"][-1]
    response = await portal.call("GET", f"{draft.path}/letters/{letter['position']}", key=draft.key)
    assert response.status == 200
    assert (await response.read()).startswith(b"%PDF-")


async def test_the_letter_is_issued_once(portal: Portal, desk: Desk) -> None:
    draft, _ = await portal.filed()
    await desk.take(draft)
    await desk.must(draft, "refuse", reason="Hors du territoire.")
    position = (await journal(portal, draft))["steps"][-1]["position"]
    path = f"/requests/{draft.id}/letters/{position}"
    first, again = await asyncio.gather(desk.call("GET", path), desk.call("GET", path))
    assert first.status == again.status == 200
    assert await first.read() == await again.read()
    missing = await desk.call("GET", f"/requests/{draft.id}/letters/1")
    assert missing.status == 404


@pytest.mark.promise("REQ-10", "DAT-04")
async def test_the_person_sees_who_opened_the_request_and_when(portal: Portal, desk: Desk) -> None:
    draft, view = await portal.filed()
    await desk.open(draft)
    file_id = view["documents"][0]["id"]
    response = await desk.call("GET", f"/requests/{draft.id}/documents/{file_id}")
    assert response.status == 200
    readings = (await journal(portal, draft))["readings"]
    assert [(one["by"], one["purpose"]) for one in readings] == [
        ("agent", "file"),
        ("agent", "opened"),
    ]
    assert desk.person.account_id not in str(readings)


@pytest.mark.promise("SEC-02")
@pytest.mark.parametrize(
    "roles",
    [("agent:eau-assainissement",), ("supervisor:eau-assainissement",), (), ("administrator",)],
)
async def test_staff_of_another_service_reach_nothing(
    portal: Portal, desk: Desk, roles: tuple[str, ...]
) -> None:
    draft, _ = await portal.filed()
    stranger = Desk(portal, Person(str(portal.ids.new_id()), roles))
    opened = await stranger.call("GET", f"/requests/{draft.id}")
    acted = await stranger.act(draft, "take_in_hand", 0)
    queue = await stranger.call("GET", "/requests", params={"service": WASTE})
    assert {opened.status, acted.status} <= {403, 404}
    assert queue.status == 403
    found = await stranger.call("POST", "/search", json={"text": "Pagnol"})
    assert found.status == 403 or (await found.json())["requests"] == []
    assert (await desk.open(draft))["state"] == "filed"


async def test_the_desk_never_sees_the_tracking_code(portal: Portal, desk: Desk) -> None:
    draft, view = await portal.filed()
    assert view["tracking_code"] not in str(await desk.open(draft))


@pytest.mark.promise("REQ-07")
async def test_messages_go_both_ways_with_files(portal: Portal, desk: Desk) -> None:
    draft, _ = await portal.filed()
    await desk.write(draft, "Pouvez-vous préciser l’étage ?")
    joined = await join_file(portal, draft)
    assert joined.status == 201, await joined.text()
    body = {
        "id": new_key(),
        "text": "Troisième étage.",
        "files": [(await joined.json())["id"]],
    }
    sent = [await person_does(portal, draft, "messages", body) for _ in range(2)]
    assert [one.status for one in sent] == [204, 204]
    messages = (await desk.open(draft))["messages"]
    assert [(one["author"], one["text"]) for one in messages] == [
        ("service", "Pouvez-vous préciser l’étage ?"),
        ("person", "Troisième étage."),
    ]
    assert [one["name"] for one in messages[1]["files"]] == ["preuve.pdf"]


async def test_a_file_of_another_request_does_not_go_with_a_message(portal: Portal) -> None:
    draft, _ = await portal.filed()
    _, other = await portal.filed()
    body = {"id": new_key(), "text": "Voici.", "files": [other["documents"][0]["id"]]}
    assert (await person_does(portal, draft, "messages", body)).status == 422


async def test_a_private_note_is_for_the_desk_only(portal: Portal, desk: Desk) -> None:
    draft, _ = await portal.filed()
    note = {"id": new_key(), "text": "Vérifier le cadastre."}
    for _ in range(2):
        response = await desk.call("POST", f"/requests/{draft.id}/notes", json=note)
        assert response.status == 204
    assert [one["text"] for one in (await desk.open(draft))["notes"]] == [note["text"]]
    assert note["text"] not in str(await journal(portal, draft))
    assert note["text"] not in str(await portal.view(draft))


async def test_the_person_withdraws_and_the_supervisor_reopens(
    portal: Portal, supervisor: Desk
) -> None:
    draft, _ = await portal.filed()
    revision = (await journal(portal, draft))["revision"]
    response = await person_does(portal, draft, "withdrawal", {"revision": revision})
    assert response.status == 204
    assert (await journal(portal, draft))["state"] == "withdrawn"
    await supervisor.must(draft, "reopen", reason="À votre demande.")
    assert (await journal(portal, draft))["state"] == "taken_in_hand"


@pytest.mark.promise("SEC-02")
async def test_nobody_else_follows_or_changes_a_request(portal: Portal) -> None:
    draft, _ = await portal.filed()
    other, _ = await portal.filed()
    stolen = type(draft)(draft.id, other.key)
    bodies = {
        "messages": {"id": new_key(), "text": "Bonjour"},
        "withdrawal": {"revision": 0},
        "correction": {"revision": 0, "answers": {}},
    }
    for what, body in bodies.items():
        assert (await person_does(portal, stolen, what, body)).status == 404
    for what in ("journal", "letters/3"):
        response = await portal.call("GET", f"{draft.path}/{what}", key=other.key)
        assert response.status == 404
