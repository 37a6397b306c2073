"""Use cases of publishers: the authority's files, an approved draft, a cancellation, the checks."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from chassis.audit import AuditFault, append_audit
from chassis.clock import Clock
from chassis.database import Connection, Database
from services.legal.documents.model import (
    DocumentNotFound,
    DocumentVersion,
    Origin,
    PlacementRefused,
    PublicationRefused,
    State,
    Step,
    StoredVersion,
    TrailEntry,
    move,
    version_subject,
)
from services.legal.documents.news import PublicationNews
from services.legal.documents.publication import (
    change_fault,
    is_intact,
    may_replace,
    order_faults,
    publication_detail,
)
from services.legal.documents.rendering import render_markdown
from services.legal.documents.repository import DocumentRepository
from services.legal.documents.timeline import (
    DatedVersion,
    next_number,
    placement_fault,
    state_of,
)
from services.legal.documents.trail_repository import TrailRepository

PUBLISHED, CANCELLED = "document-published", "document-cancelled"


class PublicationService:
    """Publishes and cancels versions; others are told once it is done."""

    def __init__(self, database: Database, clock: Clock, news: PublicationNews) -> None:
        self._database = database
        self._clock = clock
        self._news = news
        self._documents = DocumentRepository()
        self._trail = TrailRepository()

    async def publish_versions(self, offered: Sequence[DocumentVersion]) -> list[str]:
        """Publish the files' versions that are new and return their names; all of them, or none.

        A version not in force yet is replaced by its correction. Raises `PublicationRefused` when
        a version in force, or staff's, differs from the published one, or dates do not follow.
        """
        now = self._clock.now()
        async with self._database.transaction() as connection:
            await self._documents.lock_publication(connection)
            stored = {one.content.subject: one for one in await self._trail.list_stored(connection)}
            changed = [one for one in offered if not _is_published(one, stored.get(one.subject))]
            faults = _faults(stored, changed, now)
            if faults:
                raise PublicationRefused(faults)
            for content in changed:
                await self._documents.delete_version(connection, content)
            for content in changed:
                await self._publish(connection, content, Origin(), now)
        for content in changed:
            await self.tell_published(content)
        return [content.subject for content in changed]

    async def place(
        self, connection: Connection, slug: str, wished: datetime | None, now: datetime
    ) -> tuple[int, datetime]:
        """Return the number and the instant of a new version, and keep other publishers out.

        Raises `PlacementRefused` for an instant past, or before another version's.
        """
        await self._documents.lock_publication(connection)
        versions = await self._documents.list_dates(connection, slug)
        effective_from = wished or now
        fault = placement_fault(versions, effective_from, now)
        if fault is not None:
            raise PlacementRefused(reason=fault)
        return next_number(versions), effective_from

    async def publish_draft(
        self, connection: Connection, content: DocumentVersion, origin: Origin, now: datetime
    ) -> None:
        """Publish a version that was placed and approved, in the caller's transaction."""
        await self._publish(connection, content, origin, now)

    async def tell_published(self, content: DocumentVersion) -> None:
        """Tell a publication once its transaction is over."""
        await self._news.tell("published", content.slug, content.version)

    async def tell_in_force(self, after: datetime, until: datetime) -> None:
        """Tell what came into force after an instant, until another."""
        async with self._database.connection() as connection:
            found = await self._documents.list_coming_into_force(connection, after, until)
        for slug, version in found:
            await self._news.tell("in-force", slug, version)

    async def find_next_change(self, after: datetime) -> datetime | None:
        """Return the first instant, after another, at which a version comes into force."""
        async with self._database.connection() as connection:
            return await self._documents.find_next_change(connection, after)

    async def cancel_version(self, slug: str, version: int, actor: str, reason: str) -> None:
        """Cancel a version before it comes into force; raise `StepRefused` when it is too late."""
        now = self._clock.now()
        async with self._database.transaction() as connection:
            await self._documents.lock_publication(connection)
            versions = await self._documents.list_dates(connection, slug)
            move(_state(version, versions, now), Step.CANCEL)
            position = await append_audit(
                connection,
                at=now,
                actor=actor,
                action=CANCELLED,
                subject=version_subject(slug, version),
                detail={"reason": reason},
            )
            await self._documents.update_cancelled(connection, slug, version, now, position)
        await self._news.tell("cancelled", slug, version)

    async def list_history(self, slug: str, before: int, limit: int) -> list[TrailEntry]:
        """Return who did what to a document, latest first, below a position of the trail."""
        async with self._database.connection() as connection:
            return await self._trail.list_history(connection, slug, before, limit)

    async def _publish(
        self, connection: Connection, content: DocumentVersion, origin: Origin, now: datetime
    ) -> None:
        html = {
            language: render_markdown(text.markdown) for language, text in content.texts.items()
        }
        position = await append_audit(
            connection,
            at=now,
            actor=origin.publisher,
            action=PUBLISHED,
            subject=content.subject,
            detail=publication_detail(content, html),
        )
        hashes = {language: text.content_hash for language, text in content.texts.items()}
        stored = StoredVersion(content, hashes, html, position, origin)
        await self._documents.insert_version(connection, stored, now)


async def find_document_faults(connection: Connection) -> list[AuditFault]:
    """Return a fault for each text that is no longer what the trail witnessed, or is gone."""
    trail = TrailRepository()
    witnesses = await trail.list_witnesses(connection)
    published = {
        subject: one for (action, subject), one in witnesses.items() if action == PUBLISHED
    }
    faults = []
    for stored in await trail.list_stored(connection):
        subject = stored.content.subject
        witness = published.pop(subject, None)
        if witness is None or not _agrees(stored, witness):
            reason = f"the text {subject} is not the one published"
            faults.append(AuditFault(stored.audit_position, reason))
        faults += _cancellation_faults(stored, witnesses.get((CANCELLED, subject)))
    return faults + [
        AuditFault(one.position, f"the published text {subject} is missing")
        for subject, one in published.items()
    ]


def _agrees(stored: StoredVersion, witness: TrailEntry) -> bool:
    placed = witness.position == stored.audit_position
    return placed and is_intact(stored, witness.actor, witness.detail)


def _cancellation_faults(stored: StoredVersion, witness: TrailEntry | None) -> list[AuditFault]:
    noted = (stored.cancel_position, stored.cancelled_at)
    told = (witness.position, witness.recorded_at) if witness else (None, None)
    if noted == told:
        return []
    position = witness.position if witness else stored.audit_position
    subject = stored.content.subject
    return [AuditFault(position, f"the cancellation of {subject} is not the one recorded")]


def _is_published(offered: DocumentVersion, stored: StoredVersion | None) -> bool:
    return stored is not None and stored.content == offered


def _faults(
    stored: Mapping[str, StoredVersion],
    changed: Sequence[DocumentVersion],
    now: datetime,
) -> list[str]:
    refused = [
        change_fault(stored[one.subject], one)
        for one in changed
        if one.subject in stored and not may_replace(stored[one.subject], now)
    ]
    standing = {subject: one.content for subject, one in stored.items() if one.cancelled_at is None}
    planned = {**standing, **{one.subject: one for one in changed}}
    return order_faults(list(planned.values())) + refused


def _state(version: int, versions: Sequence[DatedVersion], now: datetime) -> State:
    found = next((one for one in versions if one.version == version), None)
    if found is None:
        raise DocumentNotFound
    return state_of(found, versions, now)
