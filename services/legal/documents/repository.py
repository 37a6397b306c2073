"""Legal documents in PostgreSQL."""

from datetime import datetime

from chassis.database import Connection, Row
from services.legal.documents.model import (
    DocumentSummary,
    DocumentText,
    DocumentVersion,
    StoredVersion,
)
from services.legal.documents.timeline import DatedVersion

LOCK_PUBLICATION = "SELECT pg_advisory_xact_lock(hashtextextended('legal-publication', 0))"
SELECT_SUMMARIES = """
SELECT
    document_versions.slug,
    document_versions.version,
    document_versions.effective_from,
    document_versions.change,
    document_texts.title,
    document_texts.summary,
    document_texts.content_hash,
    ARRAY(
        SELECT others.language
        FROM document_texts AS others
        WHERE others.slug = document_versions.slug
            AND others.version = document_versions.version
        ORDER BY others.language DESC
    ) AS languages,
    lead(document_versions.effective_from) OVER (
        PARTITION BY document_versions.slug
        ORDER BY document_versions.effective_from
    ) AS effective_until
FROM document_versions
JOIN document_texts
    ON document_texts.slug = document_versions.slug
    AND document_texts.version = document_versions.version
WHERE document_texts.language = $1
    AND ($2::text IS NULL OR document_versions.slug = $2)
    AND document_versions.cancelled_at IS NULL
ORDER BY document_versions.slug, document_versions.version DESC
"""
SELECT_DATES = """
SELECT
    version,
    effective_from,
    change,
    cancelled_at
FROM document_versions
WHERE slug = $1
ORDER BY version
"""
SELECT_COMING_INTO_FORCE = """
SELECT
    slug,
    version
FROM document_versions
WHERE cancelled_at IS NULL
    AND effective_from > $1
    AND effective_from <= $2
ORDER BY effective_from, slug
"""
SELECT_NEXT_CHANGE = """
SELECT min(effective_from)
FROM document_versions
WHERE cancelled_at IS NULL
    AND effective_from > $1
"""
SELECT_TEXT = """
SELECT
    language,
    title,
    summary,
    markdown
FROM document_texts
WHERE slug = $1
    AND version = $2
    AND language = $3
"""
SELECT_HTML = """
SELECT html
FROM document_texts
WHERE slug = $1
    AND version = $2
    AND language = $3
"""
INSERT_VERSION = """
INSERT INTO document_versions (
    slug,
    version,
    effective_from,
    change,
    loaded_at,
    audit_position,
    draft_id,
    approved_by
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
INSERT_TEXT = """
INSERT INTO document_texts (
    slug,
    version,
    language,
    title,
    summary,
    markdown,
    html,
    content_hash
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
DELETE_TEXTS = "DELETE FROM document_texts WHERE slug = $1 AND version = $2"
DELETE_VERSION = "DELETE FROM document_versions WHERE slug = $1 AND version = $2"
UPDATE_CANCELLED = """
UPDATE document_versions
SET cancelled_at = $3,
    cancel_position = $4
WHERE slug = $1
    AND version = $2
    AND cancelled_at IS NULL
"""


class DocumentRepository:
    """Reads and writes versions and their texts; never commits."""

    async def lock_publication(self, connection: Connection) -> None:
        """Keep other publishers out until the end of the transaction."""
        await connection.execute(LOCK_PUBLICATION)

    async def list_summaries(
        self, connection: Connection, language: str, slug: str | None = None
    ) -> list[DocumentSummary]:
        """Return the versions that stand, scheduled ones too: by slug, newest first."""
        rows = await connection.fetch(SELECT_SUMMARIES, language, slug)
        return [DocumentSummary(**dict(row)) for row in rows]

    async def list_dates(self, connection: Connection, slug: str) -> list[DatedVersion]:
        """Return every version of a document with its instants, cancelled ones too."""
        return [DatedVersion(**dict(row)) for row in await connection.fetch(SELECT_DATES, slug)]

    async def list_coming_into_force(
        self, connection: Connection, after: datetime, until: datetime
    ) -> list[tuple[str, int]]:
        """Return slug and number of what came into force after an instant, until another."""
        rows = await connection.fetch(SELECT_COMING_INTO_FORCE, after, until)
        return [(row["slug"], row["version"]) for row in rows]

    async def find_next_change(self, connection: Connection, after: datetime) -> datetime | None:
        """Return the first instant, after another, at which a version comes into force."""
        found: datetime | None = await connection.fetchval(SELECT_NEXT_CHANGE, after)
        return found

    async def find_text(
        self, connection: Connection, slug: str, version: int, language: str
    ) -> DocumentText | None:
        """Return the source of a version in one language."""
        row = await connection.fetchrow(SELECT_TEXT, slug, version, language)
        return _text(row) if row is not None else None

    async def find_html(self, connection: Connection, shown: DocumentSummary, language: str) -> str:
        """Return the sanitised HTML of a version that is known to exist."""
        return str(await connection.fetchval(SELECT_HTML, shown.slug, shown.version, language))

    async def insert_version(
        self, connection: Connection, stored: StoredVersion, at: datetime
    ) -> None:
        """Store a version with its texts."""
        content = stored.content
        await connection.execute(
            INSERT_VERSION,
            content.slug,
            content.version,
            content.effective_from,
            content.change,
            at,
            stored.audit_position,
            stored.origin.draft_id,
            stored.origin.approved_by,
        )
        for language, text in content.texts.items():
            await connection.execute(
                INSERT_TEXT,
                content.slug,
                content.version,
                language,
                text.title,
                text.summary,
                text.markdown,
                stored.html[language],
                text.content_hash,
            )

    async def delete_version(self, connection: Connection, content: DocumentVersion) -> None:
        """Remove a version that is not in force yet, before its correction is stored."""
        await connection.execute(DELETE_TEXTS, content.slug, content.version)
        await connection.execute(DELETE_VERSION, content.slug, content.version)

    async def update_cancelled(
        self, connection: Connection, slug: str, version: int, at: datetime, position: int
    ) -> None:
        """Note that a version will not come into force, with the place of its witness."""
        await connection.execute(UPDATE_CANCELLED, slug, version, at, position)


def _text(row: Row) -> DocumentText:
    return DocumentText(row["language"], row["title"], row["summary"], row["markdown"])
