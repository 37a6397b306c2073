"""Legal documents in PostgreSQL."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chassis.database import Connection, Row
from services.legal.documents.model import (
    DocumentSummary,
    DocumentText,
    DocumentVersion,
    StoredVersion,
)

LOCK_PUBLICATION = "SELECT pg_advisory_xact_lock(hashtextextended('legal-publication', 0))"
SELECT_IN_FORCE = """
SELECT DISTINCT ON (document_versions.slug)
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
    ) AS languages
FROM document_versions
JOIN document_texts
    ON document_texts.slug = document_versions.slug
    AND document_texts.version = document_versions.version
WHERE document_texts.language = $1
    AND document_versions.effective_from <= $2
ORDER BY document_versions.slug, document_versions.version DESC
"""
SELECT_VERSIONS = """
SELECT
    document_versions.slug,
    document_versions.version,
    document_versions.effective_from,
    document_versions.change,
    document_texts.title,
    document_texts.summary,
    document_texts.content_hash
FROM document_versions
JOIN document_texts
    ON document_texts.slug = document_versions.slug
    AND document_texts.version = document_versions.version
WHERE document_versions.slug = $1
    AND document_texts.language = $2
    AND document_versions.effective_from <= $3
ORDER BY document_versions.version DESC
"""
SELECT_HTML = """
SELECT html
FROM document_texts
WHERE slug = $1
    AND version = $2
    AND language = $3
"""
SELECT_STORED_VERSIONS = """
SELECT
    slug,
    version,
    effective_from,
    change,
    audit_position
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
INSERT_VERSION = """
INSERT INTO document_versions (
    slug,
    version,
    effective_from,
    change,
    loaded_at,
    audit_position
) VALUES ($1, $2, $3, $4, $5, $6)
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
SELECT_WITNESSES = """
SELECT DISTINCT ON (subject)
    position,
    subject,
    detail
FROM audit_entries
WHERE action = 'document-published'
ORDER BY subject, position DESC
"""


class DocumentRepository:
    """Reads and writes versions and their texts; never commits."""

    async def lock_publication(self, connection: Connection) -> None:
        """Keep other publishers out until the end of the transaction."""
        await connection.execute(LOCK_PUBLICATION)

    async def list_in_force(
        self, connection: Connection, language: str, at: datetime
    ) -> list[DocumentSummary]:
        """Return, for each document, the highest version in force at that instant."""
        return [_summary(row) for row in await connection.fetch(SELECT_IN_FORCE, language, at)]

    async def list_versions(
        self, connection: Connection, slug: str, language: str, at: datetime
    ) -> list[DocumentSummary]:
        """Return the versions of a document in force at that instant or before, newest first."""
        return [
            _summary(row) for row in await connection.fetch(SELECT_VERSIONS, slug, language, at)
        ]

    async def find_html(self, connection: Connection, shown: DocumentSummary, language: str) -> str:
        """Return the sanitised HTML of a version that is known to exist."""
        return str(await connection.fetchval(SELECT_HTML, shown.slug, shown.version, language))

    async def list_stored(self, connection: Connection) -> list[StoredVersion]:
        """Return everything published, whole."""
        texts: dict[tuple[str, int], list[Row]] = {}
        for row in await connection.fetch(SELECT_STORED_TEXTS):
            texts.setdefault((row["slug"], row["version"]), []).append(row)
        return [
            _stored(row, texts.get((row["slug"], row["version"]), []))
            for row in await connection.fetch(SELECT_STORED_VERSIONS)
        ]

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

    async def list_witnesses(
        self, connection: Connection
    ) -> dict[str, tuple[int, Mapping[str, Any]]]:
        """Return the last publication of each version in the audit trail: position and detail."""
        return {
            row["subject"]: (row["position"], row["detail"])
            for row in await connection.fetch(SELECT_WITNESSES)
        }


def _summary(row: Row) -> DocumentSummary:
    return DocumentSummary(**dict(row))


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
    )
