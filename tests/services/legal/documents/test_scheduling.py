"""Versions to come: not shown before their minute, cancelled before it, announced at it."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from redis.asyncio import Redis

from chassis.caller import Person, SignatureChecker
from chassis.clock import IdSource
from chassis.database import Database
from services.legal.app import Parts
from services.legal.documents.model import DocumentNotFound, StepRefused
from services.legal.documents.news import CHANNEL, PublicationNews
from services.legal.documents.publishing import PublicationService
from services.legal.documents.service import DocumentService
from services.legal.evidence import verify_evidence
from services.legal.rounds import PAUSE, Rounds
from tests.services.legal.conftest import BEGINNING, TERMS, Callers, SetClock, version

# 00.30 in Paris, on the next day
LATER = datetime(2999, 11, 30, 23, 30, tzinfo=UTC)
PUBLISHER = Person(str(IdSource().new_id()), ("publisher",))


@pytest.fixture
async def scheduled(publications: PublicationService) -> None:
    """Terms in force, and others to come."""
    await publications.publish_versions([version(1), version(2, LATER)])


@pytest.fixture
async def news(redis_url: str) -> AsyncIterator[Any]:
    """What is told on the channel."""
    client = Redis.from_url(redis_url)
    listener = client.pubsub()
    await listener.subscribe(CHANNEL)
    await listener.get_message(timeout=5)  # the subscription itself
    yield listener
    await listener.aclose()
    await client.aclose()


async def told(news: Any) -> Any:
    message = await news.get_message(ignore_subscribe_messages=True, timeout=5)
    return json.loads(message["data"]) if message else None


async def test_each_answer_says_until_when_it_holds(
    callers: Callers, scheduled: None, clock: SetClock
) -> None:
    for path in ("/documents", f"/documents/{TERMS}"):
        assert (await (await callers.get(path)).json())["next_change_at"] == LATER.isoformat()
    clock.instant = LATER
    for path in ("/documents", f"/documents/{TERMS}"):
        assert (await (await callers.get(path)).json())["next_change_at"] is None


@pytest.mark.promise("LEG-03")
async def test_a_day_of_the_authority_shows_the_text_in_force_at_its_end(
    callers: Callers, scheduled: None, clock: SetClock
) -> None:
    clock.instant = LATER + timedelta(days=3)
    shown = {}
    for day in ("2026-01-01", "2999-11-30", "2999-12-01", "2999-12-03"):
        document = await (await callers.get(f"/documents/{TERMS}?at={day}")).json()
        shown[day] = document["version"]
    assert shown == {"2026-01-01": 1, "2999-11-30": 1, "2999-12-01": 2, "2999-12-03": 2}
    for day in ("2025-12-31", "2999-12-10", "9999-12-31", "0001-01-01"):
        assert (await callers.get(f"/documents/{TERMS}?at={day}")).status == 404
    for query in ("at=2026-13-01", "at=x", "at=2026-01-01&version=1"):
        assert (await callers.get(f"/documents/{TERMS}?{query}")).status == 422


async def test_each_version_says_when_it_ended(
    callers: Callers, scheduled: None, clock: SetClock
) -> None:
    clock.instant = LATER
    document = await (await callers.get(f"/documents/{TERMS}")).json()
    periods = [(one["effective_from"], one["effective_until"]) for one in document["versions"]]
    assert periods == [
        (LATER.isoformat(), None),
        (BEGINNING.isoformat(), LATER.isoformat()),
    ]


@pytest.mark.promise("LEG-03")
async def test_a_version_is_cancelled_before_its_minute_and_never_after(
    callers: Callers,
    scheduled: None,
    clock: SetClock,
    database: Database,
    checker: SignatureChecker,
) -> None:
    path = f"/documents/{TERMS}/versions/2/cancellation"
    refused = await callers.send(
        "POST", f"/documents/{TERMS}/versions/1/cancellation", {"reason": "x"}, PUBLISHER
    )
    assert (refused.status, (await refused.json())["state"]) == (409, "in-force")
    clock.instant = LATER - timedelta(microseconds=1)
    done = await callers.send("POST", path, {"reason": "Report d’un mois"}, PUBLISHER)
    assert done.status == 204
    assert (await callers.send("POST", path, {"reason": "x"}, PUBLISHER)).status == 409
    clock.instant = LATER
    document = await (await callers.get(f"/documents/{TERMS}")).json()
    assert (document["version"], len(document["versions"])) == (1, 1)
    assert (await callers.get(f"/documents/{TERMS}?version=2")).status == 404
    listed = await (await callers.get(f"/documents/{TERMS}/versions", person=PUBLISHER)).json()
    assert [one["state"] for one in listed["versions"]] == ["cancelled", "in-force"]
    assert (await verify_evidence(database, checker)).faults == []


async def test_a_cancelled_version_is_not_brought_back_by_the_files(
    publications: PublicationService, documents: DocumentService, scheduled: None, clock: SetClock
) -> None:
    await publications.cancel_version(TERMS, 2, "account:x", "Report")
    assert await publications.publish_versions([version(1), version(2, LATER)]) == []
    # its number is not used again, and its place is free
    await publications.publish_versions([version(3, LATER)])
    clock.instant = LATER
    assert (await documents.read_document(TERMS, "fr")).shown.version == 3
    with pytest.raises(StepRefused):
        await publications.cancel_version(TERMS, 3, "account:x", "Trop tard")
    with pytest.raises(DocumentNotFound):
        await publications.cancel_version(TERMS, 9, "account:x", "Inconnue")


@pytest.mark.promise("LEG-03")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document_texts SET markdown = 'x'",
        "UPDATE document_versions SET change = 'editorial'",
        "UPDATE document_versions SET effective_from = now() WHERE version = 2",
        "UPDATE document_versions SET cancelled_at = now(), cancel_position = 1",
        "DELETE FROM document_texts WHERE version = 1",
        "DELETE FROM document_versions WHERE version = 1",
        "TRUNCATE document_texts CASCADE",
        "INSERT INTO document_versions SELECT slug, 9, '2026-06-01', change, loaded_at, 1"
        " FROM document_versions WHERE version = 1",
    ],
)
async def test_the_database_itself_keeps_what_was_published(
    database: Database, scheduled: None, statement: str
) -> None:
    async with database.connection() as connection:
        with pytest.raises((asyncpg.RaiseError, asyncpg.IntegrityConstraintViolationError)):
            await connection.execute(statement)


@pytest.mark.promise("LEG-03")
async def test_what_happens_to_a_version_is_told_at_once(
    parts: Parts, news: Any, clock: SetClock
) -> None:
    await parts.publications.publish_versions([version(1), version(2, LATER)])
    assert await told(news) == {"event": "published", "slug": TERMS, "version": 1}
    assert await told(news) == {"event": "published", "slug": TERMS, "version": 2}
    rounds = Rounds(parts.publications, parts.heads, parts.feedback, clock)
    assert await rounds.make() == PAUSE
    clock.instant = LATER - timedelta(seconds=7)
    assert await rounds.make() == timedelta(seconds=7)
    clock.instant = LATER
    await rounds.make()
    assert await told(news) == {"event": "in-force", "slug": TERMS, "version": 2}
    await rounds.make()
    assert await news.get_message(ignore_subscribe_messages=True, timeout=0.2) is None


@pytest.mark.promise("AVA-03")
async def test_a_publication_succeeds_without_redis(
    database: Database, clock: SetClock, documents: DocumentService
) -> None:
    news = PublicationNews("redis://127.0.0.1:9/0")
    await PublicationService(database, clock, news).publish_versions([version()])
    await news.close()
    assert (await documents.read_document(TERMS, "fr")).shown.version == 1
