"""Everything published, and what the audit trail says of it, in PostgreSQL."""

from chassis.database import Connection, Row
from services.legal.documents.model import (
    DocumentText,
    DocumentVersion,
    Origin,
    StoredVersion,
    TrailEntry,
)

SELECT_STORED_VERSIONS = """
SELECT
    slug,
    version,
    effective_from,
    change,
    audit_position,
    draft_id,
    approved_by,
    cancelled_at,
    cancel_position
FROM document_versions
ORDER BY slug, version
"""
SELECT_STORED_TEXTS = """
SELECT
    slug,
    version,
    language,
    title,
    summary,
    markdown,
    html,
    content_hash
FROM document_texts
ORDER BY slug, version, language
"""
SELECT_WITNESSES = """
SELECT DISTINCT ON (subject, action)
    position,
    recorded_at,
    actor,
    action,
    subject,
    detail
FROM audit_entries
WHERE action IN ('document-published', 'document-cancelled')
ORDER BY subject, action, position DESC
"""
SELECT_HISTORY = """
SELECT
    position,
    recorded_at,
    actor,
    action,
    subject,
    detail
FROM audit_entries
WHERE split_part(subject, '/', 1) = $1
    AND action <> 'document-accepted'
    AND position < $2
ORDER BY position DESC
LIMIT $3
"""


class TrailRepository:
    """Reads versions whole, and the entries of the trail about documents."""

    async def list_stored(self, connection: Connection) -> list[StoredVersion]:
        """Return everything published, whole."""
        texts: dict[tuple[str, int], list[Row]] = {}
        for row in await connection.fetch(SELECT_STORED_TEXTS):
            texts.setdefault((row["slug"], row["version"]), []).append(row)
        return [
            _stored(row, texts.get((row["slug"], row["version"]), []))
            for row in await connection.fetch(SELECT_STORED_VERSIONS)
        ]

    async def list_witnesses(self, connection: Connection) -> dict[tuple[str, str], TrailEntry]:
        """Return the last publication and cancellation of each version, by action and subject."""
        found = [_entry(row) for row in await connection.fetch(SELECT_WITNESSES)]
        return {(one.action, one.subject): one for one in found}

    async def list_history(
        self, connection: Connection, slug: str, before: int, limit: int
    ) -> list[TrailEntry]:
        """Return what was done to a document and its drafts, latest first, below a position."""
        return [_entry(row) for row in await connection.fetch(SELECT_HISTORY, slug, before, limit)]


def _entry(row: Row) -> TrailEntry:
    return TrailEntry(**dict(row))


def _text(row: Row) -> DocumentText:
    return DocumentText(row["language"], row["title"], row["summary"], row["markdown"])


def _stored(row: Row, texts: list[Row]) -> StoredVersion:
    return StoredVersion(
        content=DocumentVersion(
            row["slug"],
            row["version"],
            row["effective_from"],
            row["change"],
            {text["language"]: _text(text) for text in texts},
        ),
        hashes={text["language"]: text["content_hash"] for text in texts},
        html={text["language"]: text["html"] for text in texts},
        audit_position=row["audit_position"],
        origin=Origin(row["draft_id"], row["approved_by"]),
        cancelled_at=row["cancelled_at"],
        cancel_position=row["cancel_position"],
    )
