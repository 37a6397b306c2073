"""A draft stays with its version until its owner, told of the changes, accepts (CAT-07)."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse

from chassis.database import Database
from services.procedures.catalogue.definition_files import SourceFolder
from tests.services.procedures.amendments.edits import (
    Document,
    field,
    page,
    publish,
    remove,
    text,
)
from tests.services.procedures.portal import CARD_PAGES, Draft, Portal

pytestmark = pytest.mark.promise("CAT-07")

FLOOR = {
    "id": "floor",
    "type": "text",
    "label": text("Étage"),
    "required": True,
    "ask": text("Indiquez l’étage."),
}


def ask_floor(document: Document) -> None:
    page(document, "adresse")["fields"].append(FLOOR)


def ask_no_phone(document: Document) -> None:
    remove(document, "phone")


def move_email(document: Document) -> None:
    moved = field(document, "email")
    remove(document, "email")
    page(document, "adresse")["fields"].append(moved)


def ask_no_document(document: Document) -> None:
    document["documents"] = []


def drafts_must_follow(document: Document) -> None:
    document["replaces_drafts"] = True


async def told(portal: Portal, draft: Draft) -> dict[str, Any]:
    response = await portal.call("GET", f"{draft.path}/amendment", key=draft.key)
    assert response.status == 200
    found: dict[str, Any] = await response.json()
    return found


async def accept(
    portal: Portal, draft: Draft, version: int = 2, revision: int | None = None
) -> ClientResponse:
    body = {"version": version, "revision": draft.revision if revision is None else revision}
    return await portal.call("POST", f"{draft.path}/amendment", key=draft.key, json=body)


async def test_nothing_is_told_while_nothing_changed(portal: Portal) -> None:
    draft = await portal.complete()
    assert (await told(portal, draft))["version"] is None
    assert (await portal.view(draft))["newer_version"] is None


async def test_the_owner_reads_what_changed_and_what_becomes_of_each_answer(
    portal: Portal, seeded: Database, shipped: SourceFolder
) -> None:
    draft = await portal.complete()
    await publish(portal, seeded, shipped, ask_floor, ask_no_phone, move_email)
    assert (await portal.view(draft))["newer_version"] == {"version": 2, "required": False}
    found = await told(portal, draft)
    assert (found["version"], found["revision"], found["required"]) == (2, draft.revision, False)
    changes = {change["field"]: change for change in found["changes"]}
    assert changes["floor"]["consequence"] == "Il faudra y répondre."
    assert changes["phone"]["consequence"] == "Votre réponse sera effacée."
    assert changes["email"]["consequence"] == "Votre réponse est gardée."
    assert changes["email"]["kind"] == "field_moved"


async def test_a_draft_may_be_filed_as_it_was_begun(
    portal: Portal, seeded: Database, shipped: SourceFolder
) -> None:
    draft = await portal.complete()
    await publish(portal, seeded, shipped, ask_floor)
    assert (await portal.file(draft)).status == 200
    assert (await portal.view(draft))["version"] == 1
    assert (await told(portal, draft))["version"] is None, "a filed request never changes"


async def test_accepting_keeps_each_answer_whose_question_is_still_there(
    portal: Portal, seeded: Database, shipped: SourceFolder, tmp_path: Path
) -> None:
    draft = await portal.complete()
    edits = (ask_floor, ask_no_phone, move_email, ask_no_document)
    await publish(portal, seeded, shipped, *edits)
    response = await accept(portal, draft)
    assert response.status == 200, await response.text()
    view = await portal.view(draft)
    given = {name: value for each in CARD_PAGES.values() for name, value in each.items()}
    del given["phone"]
    assert view["answers"] == given
    assert (view["version"], view["newer_version"], view["documents"]) == (2, None, [])
    assert [lack.get("field") for lack in view["missing"]] == ["floor"]
    assert [event["kind"] for event in view["events"]] == ["started", "amended"]
    assert not [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]
    draft.revision = view["revision"]
    answers = {**CARD_PAGES["adresse"], "email": given["email"], "floor": "2"}
    assert (await portal.save(draft, "adresse", answers)).status == 200
    assert (await portal.file(draft)).status == 200


async def test_accepting_many_times_at_once_accepts_once(
    portal: Portal, seeded: Database, shipped: SourceFolder
) -> None:
    draft = await portal.complete()
    await publish(portal, seeded, shipped, ask_floor)
    # read first: while the catalogue is read again, others go on with the former one
    assert (await told(portal, draft))["version"] == 2
    answers = await asyncio.gather(*(accept(portal, draft) for _ in range(6)))
    assert [one.status for one in answers] == [200] * 6
    events = [event["kind"] for event in (await portal.view(draft))["events"]]
    assert events.count("amended") == 1


async def test_accepting_does_not_overwrite_what_another_tab_saved(
    portal: Portal, seeded: Database, shipped: SourceFolder
) -> None:
    draft = await portal.complete()
    await publish(portal, seeded, shipped, ask_floor)
    response = await accept(portal, draft, revision=draft.revision - 1)
    assert (response.status, (await response.json())["code"]) == (409, "stale-revision")
    assert (await portal.view(draft))["version"] == 1


async def test_only_the_current_version_can_be_accepted(
    portal: Portal, seeded: Database, shipped: SourceFolder
) -> None:
    draft = await portal.complete()
    await publish(portal, seeded, shipped, ask_floor)
    await publish(portal, seeded, shipped, ask_floor, ask_no_phone)
    for version in (1, 2, 4):
        response = await accept(portal, draft, version)
        assert (response.status, (await response.json())["code"]) == (409, "amendment-changed")
    assert (await accept(portal, draft, 3)).status == 200


async def test_a_version_that_replaces_drafts_must_be_followed_before_filing(
    portal: Portal, seeded: Database, shipped: SourceFolder
) -> None:
    draft = await portal.complete()
    await publish(portal, seeded, shipped, ask_no_phone, drafts_must_follow)
    # a later one that does not say so changes nothing to it
    await publish(portal, seeded, shipped, ask_no_phone, ask_no_document)
    assert (await told(portal, draft))["required"] is True
    response = await portal.file(draft)
    assert (response.status, (await response.json())["code"]) == (409, "version-replaced")
    assert (await portal.view(draft))["state"] == "draft", "it is intact"
    assert (await accept(portal, draft, 3)).status == 200
    assert (await portal.file(draft)).status == 200


async def test_a_page_of_the_former_form_is_refused_after_the_change(
    portal: Portal, seeded: Database, shipped: SourceFolder
) -> None:
    draft = await portal.complete()
    await publish(portal, seeded, shipped, ask_floor)
    assert (await accept(portal, draft)).status == 200
    other = {**CARD_PAGES["vous"], "family_name": "Soubeyran"}
    response = await portal.save(draft, "vous", other)
    assert (response.status, (await response.json())["code"]) == (409, "stale-revision")


async def test_nobody_else_reads_or_accepts(
    portal: Portal, seeded: Database, shipped: SourceFolder
) -> None:
    draft = await portal.complete()
    await publish(portal, seeded, shipped, ask_floor)
    stranger = Draft(draft.id, portal.ids.new_secret(), draft.revision)
    assert (await accept(portal, stranger)).status == 404
    path = f"{draft.path}/amendment"
    assert (await portal.call("GET", path, key=stranger.key)).status == 404
