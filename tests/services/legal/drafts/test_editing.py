"""Staff amend a text: nobody alone, nothing lost, everything told."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from chassis.caller import Person, SignatureChecker
from chassis.clock import IdSource
from chassis.database import Database
from services.legal.documents.publishing import PublicationService
from services.legal.evidence import verify_evidence
from tests.services.legal.conftest import TERMS, Callers, SetClock, version

IDS = IdSource()
WRITER = Person(str(IDS.new_id()), ("editor",))
SECOND = Person(str(IDS.new_id()), ("editor",))
PUBLISHER = Person(str(IDS.new_id()), ("publisher",))
LATER = datetime(2999, 1, 1, tzinfo=UTC)
NEW = "## Objet\n\nLe service de {{ profile.short_name }} est gratuit."


@pytest.fixture
async def draft(callers: Callers, published: object) -> dict[str, Any]:
    """Begun by the writer."""
    body = {"id": str(IDS.new_id()), "slug": TERMS}
    response = await callers.send("POST", "/drafts", body, WRITER)
    assert response.status == 201, await response.text()
    found: dict[str, Any] = await response.json()
    return found


def typed(draft: dict[str, Any], markdown: str = NEW, **changes: Any) -> dict[str, Any]:
    text = {"title": "Les règles", "summary": "En bref", "markdown": markdown}
    return {
        "revision": draft["revision"],
        "based_on": draft["based_on"],
        "change": "material",
        "effective_from": None,
        "fr": text,
        "en": text,
        **changes,
    }


async def act(
    callers: Callers, draft: dict[str, Any], action: str, person: Person, **more: Any
) -> dict[str, Any]:
    path = f"/drafts/{draft['id']}/{action}"
    body = {"revision": draft["revision"], **more}
    response = await callers.send("POST", path, body, person)
    return {"status": response.status, **await response.json()}


async def save(
    callers: Callers, draft: dict[str, Any], person: Person = WRITER, **changes: Any
) -> dict[str, Any]:
    response = await callers.send("PUT", f"/drafts/{draft['id']}", typed(draft, **changes), person)
    assert response.status == 200, await response.text()
    found: dict[str, Any] = await response.json()
    return found


async def in_force(callers: Callers) -> dict[str, Any]:
    found: dict[str, Any] = await (await callers.get(f"/documents/{TERMS}")).json()
    return found


@pytest.mark.promise("LEG-03")
async def test_a_draft_becomes_the_text_in_force_once_a_second_person_approves(
    callers: Callers, draft: dict[str, Any], database: Database, checker: SignatureChecker
) -> None:
    assert draft["texts"][0]["markdown"] == version().texts["fr"].markdown
    saved = await save(callers, draft)
    assert "Le service de Nîmes Métropole est gratuit." in saved["texts"][0]["html"]
    difference = await callers.get(f"/drafts/{draft['id']}/differences", person=SECOND)
    assert "<ins>" in (await difference.json())["html"]
    submitted = await act(callers, saved, "submission", WRITER)
    assert (submitted["status"], submitted["state"]) == (200, "submitted")
    own = await act(callers, submitted, "approval", WRITER)
    assert (own["status"], own["code"]) == (403, "own-draft")
    assert (await in_force(callers))["version"] == 1
    approved = await act(callers, submitted, "approval", SECOND)
    assert (approved["status"], approved["version"]) == (200, 2)
    document = await in_force(callers)
    assert document["version"] == 2
    assert "Nîmes Métropole est gratuit" in document["html"]
    assert document["material"] is True
    assert (await verify_evidence(database, checker)).faults == []
    history = await callers.get(f"/documents/{TERMS}/history", person=PUBLISHER)
    told = [(one["action"], one["actor"]) for one in (await history.json())["entries"]]
    assert told == [
        ("document-published", f"account:{SECOND.account_id}"),
        ("draft-approved", f"account:{SECOND.account_id}"),
        ("draft-submitted", f"account:{WRITER.account_id}"),
        ("draft-saved", f"account:{WRITER.account_id}"),
        ("draft-begun", f"account:{WRITER.account_id}"),
        ("document-published", "seed"),
    ]


@pytest.mark.promise("LEG-03")
async def test_whoever_wrote_a_word_may_not_approve(
    callers: Callers, draft: dict[str, Any], database: Database
) -> None:
    first = await save(callers, draft)
    second = await save(callers, first, SECOND)
    submitted = await act(callers, second, "submission", SECOND)
    for person in (WRITER, SECOND):
        assert (await act(callers, submitted, "approval", person))["code"] == "own-draft"
    async with database.connection() as connection:
        with pytest.raises(asyncpg.CheckViolationError, match="second_person"):
            await connection.execute(
                "UPDATE drafts SET state = 'scheduled', version = 2, approver = $1",
                UUID(WRITER.account_id),
            )
        with pytest.raises(asyncpg.ForeignKeyViolationError):
            await connection.execute(
                "INSERT INTO document_versions (slug, version, effective_from, change, loaded_at,"
                " audit_position, draft_id, approved_by)"
                " VALUES ($1, 2, '2999-01-01', 'material', now(), 1, $2, $3)",
                *(TERMS, UUID(draft["id"]), UUID(WRITER.account_id)),
            )
    assert (await act(callers, submitted, "approval", PUBLISHER))["version"] == 2


@pytest.mark.promise("LEG-03")
async def test_a_date_to_come_is_kept_until_its_minute(
    callers: Callers, draft: dict[str, Any], clock: SetClock
) -> None:
    saved = await save(callers, draft, effective_from=LATER.isoformat())
    submitted = await act(callers, saved, "submission", WRITER)
    assert (await act(callers, submitted, "approval", PUBLISHER))["version"] == 2
    assert (await in_force(callers))["next_change_at"] == LATER.isoformat()
    assert (await in_force(callers))["version"] == 1
    clock.instant = LATER
    assert (await in_force(callers))["version"] == 2


@pytest.mark.promise("LEG-03")
async def test_two_who_save_at_once_do_not_overwrite_each_other(
    callers: Callers, draft: dict[str, Any]
) -> None:
    path = f"/drafts/{draft['id']}"
    attempts = [callers.send("PUT", path, typed(draft), WRITER) for _ in range(8)]
    statuses = [response.status for response in await asyncio.gather(*attempts)]
    assert sorted(statuses) == [200] + [409] * 7
    late = await callers.send("PUT", path, typed(draft), SECOND)
    assert (await late.json())["code"] == "draft-changed"
    assert (await late.json())["revision"] == 2


@pytest.mark.promise("LEG-03")
async def test_twenty_approvals_at_once_publish_once(
    callers: Callers, draft: dict[str, Any], database: Database
) -> None:
    submitted = await act(callers, await save(callers, draft), "submission", WRITER)
    found = await asyncio.gather(
        *(act(callers, submitted, "approval", PUBLISHER) for _ in range(20))
    )
    assert sorted(one["status"] for one in found) == [200] + [409] * 19
    async with database.connection() as connection:
        assert await connection.fetchval("SELECT max(version) FROM document_versions") == 2


async def test_faults_are_kept_and_told_and_stop_the_submission(
    callers: Callers, draft: dict[str, Any]
) -> None:
    saved = await save(callers, draft, markdown="# Objet\n\n[x](http://a.example)")
    assert {fault["code"] for fault in saved["faults"]} == {"heading-level", "unsafe-link"}
    refused = await act(callers, saved, "submission", WRITER)
    assert (refused["status"], refused["code"]) == (409, "draft-faulty")
    assert refused["faults"] == saved["faults"]


async def test_an_amendment_written_without_another_one_is_stopped(
    callers: Callers, draft: dict[str, Any], publications: PublicationService
) -> None:
    saved = await save(callers, draft)
    await publications.publish_versions([version(2, LATER)])
    refused = await act(callers, saved, "submission", WRITER)
    assert [fault["code"] for fault in refused["faults"]] == ["outdated"]
    again = await save(callers, saved, based_on=2)
    submitted = await act(callers, again, "submission", WRITER)
    assert submitted["status"] == 200, submitted
    # and it may not come into force before the one that it follows
    early = await act(callers, submitted, "approval", PUBLISHER)
    assert (early["code"], early["reason"]) == ("placement-refused", "before-another")
    back = await act(callers, submitted, "refusal", PUBLISHER, reason="Après la version 2")
    assert (back["state"], back["refusal"]) == ("draft", "Après la version 2")
    past = await save(callers, back, based_on=2, effective_from="2026-01-01T00:00:00+00:00")
    submitted = await act(callers, past, "submission", WRITER)
    late = await act(callers, submitted, "approval", PUBLISHER)
    assert (late["code"], late["reason"]) == ("placement-refused", "in-the-past")


async def test_a_draft_given_up_stays_in_the_history_and_leaves_the_list(
    callers: Callers, draft: dict[str, Any]
) -> None:
    listed = await (await callers.get("/drafts", person=PUBLISHER)).json()
    assert [one["id"] for one in listed["drafts"]] == [draft["id"]]
    assert (await act(callers, draft, "discard", WRITER))["state"] == "discarded"
    assert (await (await callers.get("/drafts", person=PUBLISHER)).json())["drafts"] == []
    shown = await (await callers.get(f"/drafts/{draft['id']}", person=PUBLISHER)).json()
    assert shown["state"] == "discarded"
    assert (await act(callers, shown, "submission", WRITER))["code"] == "step-refused"


async def test_beginning_twice_begins_once(callers: Callers, draft: dict[str, Any]) -> None:
    body = {"id": draft["id"], "slug": TERMS}
    again = await callers.send("POST", "/drafts", body, WRITER)
    assert (await again.json())["created_at"] == draft["created_at"]
    other = await callers.send("POST", "/drafts", body, SECOND)
    assert (await other.json())["code"] == "draft-changed"
    unknown = {"id": str(IDS.new_id()), "slug": "inconnu"}
    assert (await callers.send("POST", "/drafts", unknown, WRITER)).status == 404


@pytest.mark.promise("SEC-02")
async def test_only_staff_touch_drafts_each_in_its_role(
    callers: Callers, draft: dict[str, Any]
) -> None:
    anybody = Person(str(IDS.new_id()), ("agent", "administrator"))
    one, path = {"revision": 1}, f"/drafts/{draft['id']}"
    calls: list[tuple[str, str, Any]] = [
        ("GET", "/drafts", None),
        ("POST", "/drafts", {"id": str(IDS.new_id()), "slug": TERMS}),
        ("GET", path, None),
        ("PUT", path, typed(draft)),
        ("GET", f"{path}/differences", None),
        ("POST", f"{path}/submission", one),
        ("POST", f"{path}/refusal", {**one, "reason": "x"}),
        ("POST", f"{path}/approval", one),
        ("POST", f"{path}/discard", one),
        ("GET", f"/documents/{TERMS}/versions", None),
        ("GET", f"/documents/{TERMS}/history", None),
        ("POST", f"/documents/{TERMS}/versions/1/cancellation", {"reason": "x"}),
    ]
    for method, address, body in calls:
        for person, service in ((None, "gateway"), (anybody, "gateway"), (WRITER, "procedures")):
            response = await callers.send(method, address, body, person, service)
            assert response.status == 403, (method, address, person)
    for method, address, body in (calls[1], calls[3], calls[5]):
        response = await callers.send(method, address, body, PUBLISHER)
        assert response.status == 403, (method, address)
