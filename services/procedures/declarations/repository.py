"""Declarations that were shown, kept word for word."""

from datetime import datetime

from chassis.database import Connection
from services.procedures.declarations.model import Declaration

INSERT_DECLARATION = """
INSERT INTO declarations (content_hash, version, language, title, html, first_shown_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (content_hash) DO NOTHING
"""
SELECT_LATEST = """
SELECT
    content_hash,
    version,
    language,
    title,
    html
FROM declarations
WHERE language = $1
ORDER BY version DESC
LIMIT 1
"""
SELECT_SHOWN = """
SELECT
    content_hash,
    version,
    language,
    title,
    html
FROM declarations
WHERE content_hash = $1
"""
SELECT_KNOWN = "SELECT true FROM declarations WHERE content_hash = $1"


class DeclarationRepository:
    """Reads and writes declarations."""

    async def insert_declaration(
        self, connection: Connection, declaration: Declaration, at: datetime
    ) -> None:
        """Keep a text the first time that it is shown."""
        await connection.execute(
            INSERT_DECLARATION,
            declaration.content_hash,
            declaration.version,
            declaration.language,
            declaration.title,
            declaration.html,
            at,
        )

    async def find_latest(self, connection: Connection, language: str) -> Declaration | None:
        """Return the newest text kept in a language."""
        row = await connection.fetchrow(SELECT_LATEST, language)
        return Declaration(**row) if row is not None else None

    async def find_shown(self, connection: Connection, content_hash: str) -> Declaration | None:
        """Return the text of this hash, when it was ever shown."""
        row = await connection.fetchrow(SELECT_SHOWN, content_hash)
        return Declaration(**row) if row is not None else None

    async def is_known(self, connection: Connection, content_hash: str) -> bool:
        """Say whether a text of this hash was ever shown."""
        return bool(await connection.fetchval(SELECT_KNOWN, content_hash))
