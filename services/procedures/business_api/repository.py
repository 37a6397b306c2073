"""Tokens and their journal in PostgreSQL."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis.database import Connection
from services.procedures.business_api.model import BusinessToken

INSERT_RIGHT = """
INSERT INTO business_tokens (
    id,
    name,
    token_hash,
    service_id,
    scopes,
    created_by,
    created_at,
    expires_at
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (id) DO NOTHING
RETURNING id
"""
SELECT_BY_HASH = """
SELECT
    id,
    name,
    service_id,
    scopes,
    created_by,
    created_at,
    expires_at,
    revoked_at,
    last_used_on
FROM business_tokens
WHERE token_hash = $1
    AND revoked_at IS NULL
    AND expires_at > $2
"""
SELECT_TOKENS = """
SELECT
    id,
    name,
    service_id,
    scopes,
    created_by,
    created_at,
    expires_at,
    revoked_at,
    last_used_on
FROM business_tokens
ORDER BY id DESC
LIMIT 500
"""
UPDATE_REVOKED = """
UPDATE business_tokens
SET revoked_at = coalesce(revoked_at, $2)
WHERE id = $1
RETURNING id
"""
UPDATE_USED = """
UPDATE business_tokens
SET last_used_on = $2
WHERE id = $1
    AND last_used_on IS DISTINCT FROM $2
"""
INSERT_JOURNAL = """
INSERT INTO business_journal (
    recorded_at,
    staff_id,
    action,
    subject_id,
    detail
) VALUES ($1, $2, $3, $4, $5)
"""
SELECT_JOURNAL = """
SELECT
    recorded_at,
    staff_id,
    action,
    subject_id,
    detail
FROM business_journal
ORDER BY id DESC
LIMIT 500
"""


class BusinessRepository:
    """Reads and writes tokens; appends to the journal of rights."""

    async def insert_token(
        self, connection: Connection, token: BusinessToken, token_hash: bytes
    ) -> bool:
        """Store a token by its digest; False when its identifier is taken."""
        stored = await connection.fetchval(
            INSERT_RIGHT,
            token.id,
            token.name,
            token_hash,
            token.service_id,
            list(token.scopes),
            token.created_by,
            token.created_at,
            token.expires_at,
        )
        return stored is not None

    async def find_valid(
        self, connection: Connection, token_hash: bytes, now: datetime
    ) -> BusinessToken | None:
        """Return the token of a digest while it is valid."""
        row = await connection.fetchrow(SELECT_BY_HASH, token_hash, now)
        return _token(row) if row is not None else None

    async def list_tokens(self, connection: Connection) -> Sequence[BusinessToken]:
        """Return the last 500 tokens, the latest first."""
        return [_token(row) for row in await connection.fetch(SELECT_TOKENS)]

    async def revoke(self, connection: Connection, token_id: UUID, at: datetime) -> bool:
        """Take a token back; False when there is none."""
        return await connection.fetchval(UPDATE_REVOKED, token_id, at) is not None

    async def update_used(self, connection: Connection, token_id: UUID, on: date) -> None:
        """Note the day on which a token was shown."""
        await connection.execute(UPDATE_USED, token_id, on)

    async def insert_journal(
        self,
        connection: Connection,
        at: datetime,
        staff_id: UUID,
        action: str,
        subject_id: UUID,
        detail: Mapping[str, Any],
    ) -> None:
        """Append to the journal of rights."""
        await connection.execute(INSERT_JOURNAL, at, staff_id, action, subject_id, dict(detail))

    async def list_journal(self, connection: Connection) -> Sequence[Mapping[str, Any]]:
        """Return the last 500 entries, the latest first."""
        return [dict(row) for row in await connection.fetch(SELECT_JOURNAL)]


def _token(row: Any) -> BusinessToken:
    return BusinessToken(**{**row, "scopes": tuple(row["scopes"])})
