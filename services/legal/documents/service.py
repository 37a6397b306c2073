"""Use cases of readers: the list, a document by version or by date, two versions compared."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from authority.text import LANGUAGES
from chassis.clock import Clock
from chassis.database import Connection, Database
from services.legal.documents.differences import Comparison, compare_texts
from services.legal.documents.model import (
    SLUG,
    DocumentList,
    DocumentNotFound,
    DocumentPage,
    DocumentSummary,
    DocumentText,
)
from services.legal.documents.repository import DocumentRepository
from services.legal.documents.timeline import (
    DatedVersion,
    acceptance_floor,
    next_change_after,
)


class DocumentService:
    """The published texts, as anybody reads them."""

    def __init__(self, database: Database, clock: Clock, zone: ZoneInfo) -> None:
        self._database = database
        self._clock = clock
        self._zone = zone
        self._documents = DocumentRepository()

    async def list_documents(self, language: str) -> DocumentList:
        """Return each document in force now."""
        now = self._clock.now()
        async with self._database.connection() as connection:
            found = await self._documents.list_summaries(connection, language)
        in_force: dict[str, DocumentSummary] = {}
        for one in found:
            if one.effective_from <= now:
                in_force.setdefault(one.slug, one)
        later = [one.effective_from for one in found if one.effective_from > now]
        return DocumentList(list(in_force.values()), min(later, default=None))

    async def read_document(
        self, slug: str, language: str, version: int | None = None, day: date | None = None
    ) -> DocumentPage:
        """Return the version in force now, an earlier one by its number, or that of a day.

        A day stands for its last instant in the authority's zone (for today: for now). Raises
        `DocumentNotFound`, for a version or a day that has not come as well.
        """
        now = self._clock.now()
        at = now if day is None else self._last_instant(day, now)
        async with self._database.connection() as connection:
            found = await self._summaries(connection, slug, language)
            past = [one for one in found if one.effective_from <= now]
            shown = next(
                (
                    one
                    for one in past
                    if version in (None, one.version) and one.effective_from <= at
                ),
                None,
            )
            if shown is None:
                raise DocumentNotFound
            html = await self._documents.find_html(connection, shown, language)
        dates = [DatedVersion(one.version, one.effective_from, one.change) for one in found]
        return DocumentPage(
            shown=shown,
            language=language,
            html=html,
            versions=past,
            next_change_at=next_change_after(dates, now),
            acceptance_floor=acceptance_floor(dates, now),
        )

    async def compare_versions(
        self, slug: str, language: str, former: int, latter: int
    ) -> tuple[DocumentSummary, DocumentSummary, Comparison]:
        """Return two versions and what changes from the first to the second.

        Raises `DocumentNotFound` when one of them is not or was never in force.
        """
        now = self._clock.now()
        async with self._database.connection() as connection:
            found = await self._summaries(connection, slug, language)
        past = {one.version: one for one in found if one.effective_from <= now}
        if former not in past or latter not in past:
            raise DocumentNotFound
        before = await self.read_source(slug, former, language)
        after = await self.read_source(slug, latter, language)
        # off the event loop: two long texts take a while
        found_changes = await asyncio.to_thread(compare_texts, before, after)
        return past[former], past[latter], found_changes

    async def read_source(self, slug: str, version: int, language: str) -> DocumentText:
        """Return the source of a version, scheduled or not; raise `DocumentNotFound`."""
        async with self._database.connection() as connection:
            found = await self._documents.find_text(connection, slug, version, language)
        if found is None:
            raise DocumentNotFound
        return found

    async def read_sources(self, slug: str) -> tuple[int, dict[str, DocumentText]]:
        """Return the newest version that stands and its texts; raise `DocumentNotFound`."""
        async with self._database.connection() as connection:
            number = await self.newest_version(connection, slug)
        texts = {one: await self.read_source(slug, number, one) for one in LANGUAGES}
        return number, texts

    async def newest_version(self, connection: Connection, slug: str) -> int:
        """Return the highest version that stands, scheduled or not; raise `DocumentNotFound`."""
        found = await self._documents.list_dates(connection, slug)
        standing = [one.version for one in found if one.cancelled_at is None]
        if not standing:
            raise DocumentNotFound
        return max(standing)

    async def find_in_force(self, slug: str, language: str, at: datetime) -> DocumentSummary | None:
        """Return the version in force at an instant."""
        async with self._database.connection() as connection:
            found = await self._documents.list_summaries(connection, language, slug)
        return next((one for one in found if one.effective_from <= at), None)

    async def list_dates(self, slug: str) -> Sequence[DatedVersion]:
        """Return every version of a document with its instants; raise `DocumentNotFound`."""
        async with self._database.connection() as connection:
            found = await self._documents.list_dates(connection, slug)
        if not found:
            raise DocumentNotFound
        return found

    async def _summaries(
        self, connection: Connection, slug: str, language: str
    ) -> list[DocumentSummary]:
        if not SLUG.fullmatch(slug):
            raise DocumentNotFound
        return await self._documents.list_summaries(connection, language, slug)

    def _last_instant(self, day: date, now: datetime) -> datetime:
        if day > now.astimezone(self._zone).date():
            raise DocumentNotFound
        try:
            midnight = datetime.combine(day + timedelta(days=1), time(), self._zone)
            return min(midnight - timedelta(microseconds=1), now)
        except OverflowError:
            raise DocumentNotFound from None
