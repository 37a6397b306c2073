"""Use cases of legal documents: publish, list, read, check against the audit trail."""

from collections.abc import Sequence
from datetime import datetime

from chassis.audit import AuditFault, append_audit
from chassis.clock import Clock
from chassis.database import Connection, Database
from services.legal.documents.model import (
    SLUG,
    DocumentNotFound,
    DocumentPage,
    DocumentSummary,
    DocumentVersion,
    PublicationRefused,
    StoredVersion,
    change_fault,
    is_intact,
    may_replace,
    order_faults,
    publication_detail,
)
from services.legal.documents.rendering import render_markdown
from services.legal.documents.repository import DocumentRepository

PUBLISHER = "seed"


class DocumentService:
    """The published texts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._documents = DocumentRepository()

    async def list_documents(self, language: str) -> list[DocumentSummary]:
        """Return each document in force now."""
        async with self._database.connection() as connection:
            return await self._documents.list_in_force(connection, language, self._clock.now())

    async def read_document(
        self, slug: str, language: str, version: int | None = None
    ) -> DocumentPage:
        """Return the version in force now, or an earlier one; raise `DocumentNotFound`."""
        if not SLUG.fullmatch(slug):
            raise DocumentNotFound
        async with self._database.connection() as connection:
            versions = await self._documents.list_versions(
                connection, slug, language, self._clock.now()
            )
            shown = next((one for one in versions if version in (None, one.version)), None)
            if shown is None:
                raise DocumentNotFound
            html = await self._documents.find_html(connection, shown, language)
        return DocumentPage(shown, language, html, versions)

    async def find_in_force(self, slug: str, language: str, at: datetime) -> DocumentSummary | None:
        """Return the version in force at an instant."""
        async with self._database.connection() as connection:
            versions = await self._documents.list_versions(connection, slug, language, at)
        return versions[0] if versions else None

    async def publish_versions(self, offered: Sequence[DocumentVersion]) -> list[str]:
        """Publish the versions that are new and return their names; all of them, or none.

        A version not in force yet is replaced by its correction. Raises `PublicationRefused` when
        a version in force differs from the published one, or dates go backwards.
        """
        now = self._clock.now()
        async with self._database.transaction() as connection:
            await self._documents.lock_publication(connection)
            stored = {
                one.content.subject: one for one in await self._documents.list_stored(connection)
            }
            changed = [one for one in offered if not _is_published(one, stored.get(one.subject))]
            faults = order_faults(offered)
            for content in changed:
                former = stored.get(content.subject)
                if former is not None and not may_replace(former, now):
                    faults.append(change_fault(former.content, content))
            if faults:
                raise PublicationRefused(faults)
            for content in changed:
                await self._publish(connection, content, now)
        return [content.subject for content in changed]

    async def _publish(
        self, connection: Connection, content: DocumentVersion, now: datetime
    ) -> None:
        html = {
            language: render_markdown(text.markdown) for language, text in content.texts.items()
        }
        position = await append_audit(
            connection,
            at=now,
            actor=PUBLISHER,
            action="document-published",
            subject=content.subject,
            detail=publication_detail(content, html),
        )
        hashes = {language: text.content_hash for language, text in content.texts.items()}
        await self._documents.delete_version(connection, content)
        await self._documents.insert_version(
            connection, StoredVersion(content, hashes, html, position), now
        )


async def find_document_faults(connection: Connection) -> list[AuditFault]:
    """Return a fault for each text that is no longer what the trail witnessed, or is gone."""
    documents = DocumentRepository()
    witnesses = await documents.list_witnesses(connection)
    faults = []
    for stored in await documents.list_stored(connection):
        subject = stored.content.subject
        position, detail = witnesses.pop(subject, (0, {}))
        if position != stored.audit_position or not is_intact(stored, detail):
            reason = f"the text {subject} is not the one published"
            faults.append(AuditFault(stored.audit_position, reason))
    return faults + [
        AuditFault(position, f"the published text {subject} is missing")
        for subject, (position, _detail) in witnesses.items()
    ]


def _is_published(offered: DocumentVersion, stored: StoredVersion | None) -> bool:
    return stored is not None and stored.content == offered
