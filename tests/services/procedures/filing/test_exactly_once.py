"""Filing happens exactly once, whatever is repeated, lost or killed (REQ-04)."""

import asyncio
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from chassis.clock import hash_secret
from chassis.database import Database
from chassis.problems import AWAY
from services.procedures.filing.service import Certification
from services.procedures.parts import FILING
from services.procedures.requests.model import Access
from tests.services.procedures.filing.crashes import Accident, Strike, cancel, end_connections
from tests.services.procedures.portal import CARD_PAGES, DECLARATION, Draft, Portal

pytestmark = pytest.mark.promise("REQ-04")

COUNT_JOBS = """
SELECT count(*) FROM pgqueuer
WHERE entrypoint = 'acknowledge_filing'
    AND payload = convert_to(format('{"request_id": "%s"}', $1::uuid), 'UTF8')
"""
COUNT_FILED = "SELECT count(*) FROM request_events WHERE request_id = $1 AND kind = 'filed'"


async def traces(database: Database, draft: Draft) -> tuple[int, int]:
    """Return how many acknowledgements are queued and how many filings are written."""
    async with database.connection() as connection:
        jobs = await connection.fetchval(COUNT_JOBS, draft.id)
        events = await connection.fetchval(COUNT_FILED, draft.id)
    return jobs, events


async def test_filing_gives_number_code_and_acknowledgement(
    portal: Portal, seeded: Database
) -> None:
    draft, view = await portal.filed()
    assert view["state"] == "filed"
    assert view["number"].startswith("NM-2026-")
    assert len(view["tracking_code"].replace("-", "")) == 28
    assert view["acknowledgement"]["reception_date"] == "2026-11-24"
    assert view["acknowledgement"]["implicit_decision_date"] == "2027-01-24"
    assert view["acknowledgement"]["missing_documents"] == []
    assert [event["kind"] for event in view["events"]] == ["started", "filed"]
    assert await traces(seeded, draft) == (1, 1)


async def test_a_repeated_filing_gives_the_same_answer(portal: Portal, seeded: Database) -> None:
    draft, first = await portal.filed()
    portal.clock.instant = portal.clock.instant.replace(hour=15)
    again = await portal.file(draft)
    assert again.status == 200
    assert await again.json() == first
    assert await traces(seeded, draft) == (1, 1)


async def test_fifty_filings_at_once_are_one(portal: Portal, seeded: Database) -> None:
    draft = await portal.complete()
    answers = await asyncio.gather(*(portal.file(draft) for _ in range(50)))
    views = [await answer.json() for answer in answers]
    assert {answer.status for answer in answers} == {200}
    assert len({view["number"] for view in views}) == 1
    assert len({view["tracking_code"] for view in views}) == 1
    assert await traces(seeded, draft) == (1, 1)


async def test_filings_of_many_requests_have_numbers_of_their_own(portal: Portal) -> None:
    drafts = [await portal.complete() for _ in range(8)]
    answers = await asyncio.gather(*(portal.file(draft) for draft in drafts * 3))
    numbers = {(await answer.json())["number"] for answer in answers}
    assert len(numbers) == len(drafts)


async def test_a_page_saved_during_the_filing_is_filed_or_refused(portal: Portal) -> None:
    draft = await portal.complete()
    changed = {**CARD_PAGES["vous"], "given_name": "Ugolin"}
    filing, saving = await asyncio.gather(portal.file(draft), portal.save(draft, "vous", changed))
    assert filing.status == 200
    assert saving.status in (200, 409)
    kept = (await portal.view(draft))["answers"]["given_name"]
    assert kept == ("Ugolin" if saving.status == 200 else "Manon")


@pytest.mark.parametrize("kind", ["killed", "cancelled"])
@pytest.mark.timeout(300)
async def test_an_accident_at_any_point_leaves_a_draft_or_one_filed_request(
    portal: Portal, seeded: Database, procedures_database_url: str, kind: str
) -> None:
    killed: Strike = partial(end_connections, procedures_database_url)
    strike = killed if kind == "killed" else cancel
    states: list[str] = []
    point, struck = 0, True
    while struck:
        point += 1
        draft = await portal.complete()
        accident = Accident(_filing(portal, draft), point, strike)
        with suppress(*AWAY, asyncio.CancelledError):
            await accident
        struck = accident.struck
        states.append(await _state_after(portal, seeded, draft))
        await _file_again(portal, seeded, draft)
    assert point > 10, "the filing path waits many times"
    # a connection lost between two statements is replaced: only one within the transaction stops it
    assert set(states) == {"draft", "filed"}


def _filing(portal: Portal, draft: Draft) -> Any:
    access = Access(hash_secret(draft.key))
    certification = Certification(True, DECLARATION.content_hash, "fr")
    return portal.client.app[FILING].file_request(draft.id, access, certification)


async def _state_after(portal: Portal, database: Database, draft: Draft) -> str:
    view = await _view_when_back(portal, draft)
    state = str(view["state"])
    expected = {"draft": (0, 0), "filed": (1, 1)}[state]
    assert await traces(database, draft) == expected
    typed = {name: value for page in CARD_PAGES.values() for name, value in page.items()}
    assert view["answers"] == typed, "nothing typed is lost"
    assert len(view["documents"]) == 1
    assert ("number" in view) == (state == "filed")
    return state


async def _view_when_back(portal: Portal, draft: Draft) -> dict[str, Any]:
    """Read the request; the pool notices its dead connections by using them."""
    for _ in range(30):
        response = await portal.call("GET", draft.path, key=draft.key)
        if response.status != 503:
            break
    found: dict[str, Any] = await response.json()
    return found


async def _file_again(portal: Portal, database: Database, draft: Draft) -> None:
    response = await portal.file(draft)
    assert response.status == 200, await response.text()
    assert await traces(database, draft) == (1, 1)
