"""Untouched drafts in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from chassis.database import Connection

SELECT_TO_WARN = """
SELECT id
FROM requests
WHERE state = 'draft'
    AND updated_at <= $1
    AND (expiry_warned_at IS NULL OR expiry_warned_at < updated_at)
ORDER BY updated_at
LIMIT $2
FOR UPDATE SKIP LOCKED
"""
UPDATE_WARNED = """
UPDATE requests
SET expiry_warned_at = $2
WHERE id = ANY($1::uuid[])
"""
SELECT_EXPIRED = """
SELECT id
FROM requests
WHERE state = 'draft'
    AND updated_at <= $1
    AND expiry_warned_at >= updated_at
    AND expiry_warned_at <= $2
ORDER BY updated_at
LIMIT $3
FOR UPDATE SKIP LOCKED
"""
SELECT_OF_ACCOUNT = """
SELECT id
FROM requests
WHERE state = 'draft'
    AND account_id = $1
FOR UPDATE
"""
DELETE_DOCUMENTS = """
DELETE FROM supporting_documents
WHERE request_id = ANY($1::uuid[])
RETURNING blob_key
"""
DELETE_EVENTS = "DELETE FROM request_events WHERE request_id = ANY($1::uuid[])"
DELETE_READINGS = "DELETE FROM request_readings WHERE request_id = ANY($1::uuid[])"
DELETE_LINKS = "DELETE FROM resume_links WHERE request_id = ANY($1::uuid[])"
DELETE_DRAFTS = """
DELETE FROM requests
WHERE id = ANY($1::uuid[])
    AND state = 'draft'
"""


class DraftRepository:
    """Reads and destroys drafts; never commits."""

    async def list_to_warn(
        self, connection: Connection, untouched_since: datetime, limit: int
    ) -> list[UUID]:
        """Return drafts whose end nears and whose owner does not know it yet, locked."""
        rows = await connection.fetch(SELECT_TO_WARN, untouched_since, limit)
        return [row["id"] for row in rows]

    async def update_warned(self, connection: Connection, ids: list[UUID], at: datetime) -> None:
        """Note that the warnings are on their way."""
        await connection.execute(UPDATE_WARNED, ids, at)

    async def list_expired(
        self, connection: Connection, untouched_since: datetime, warned_before: datetime, limit: int
    ) -> list[UUID]:
        """Return drafts whose day has come and whose owner was warned long enough ago, locked."""
        rows = await connection.fetch(SELECT_EXPIRED, untouched_since, warned_before, limit)
        return [row["id"] for row in rows]

    async def list_of_account(self, connection: Connection, account_id: UUID) -> list[UUID]:
        """Return the drafts of an account, locked."""
        return [row["id"] for row in await connection.fetch(SELECT_OF_ACCOUNT, account_id)]

    async def delete_drafts(self, connection: Connection, ids: list[UUID]) -> list[str]:
        """Destroy drafts whole and return the keys of their files."""
        blob_keys = [row["blob_key"] for row in await connection.fetch(DELETE_DOCUMENTS, ids)]
        await connection.execute(DELETE_EVENTS, ids)
        await connection.execute(DELETE_READINGS, ids)
        await connection.execute(DELETE_LINKS, ids)
        await connection.execute(DELETE_DRAFTS, ids)
        return blob_keys
