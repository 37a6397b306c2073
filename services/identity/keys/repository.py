"""Wrapped keys in PostgreSQL: the service's own, and those of the accounts to wrap anew."""

from collections.abc import Sequence
from uuid import UUID

from chassis.database import Connection

SELECT_KEY = "SELECT wrapped_key FROM service_keys WHERE name = $1"
SELECT_KEYS_LOCKED = """
SELECT
    name,
    wrapped_key
FROM service_keys
ORDER BY name
FOR UPDATE
"""
INSERT_KEY = """
INSERT INTO service_keys (
    name,
    wrapped_key
) VALUES ($1, $2)
ON CONFLICT (name) DO NOTHING
"""
UPDATE_KEY = """
UPDATE service_keys
SET wrapped_key = $2
WHERE name = $1
"""
SELECT_ACCOUNT_KEYS_LOCKED = """
SELECT
    id,
    wrapped_key
FROM accounts
WHERE id > $1
    AND wrapped_key IS NOT NULL
ORDER BY id
LIMIT $2
FOR UPDATE
"""
UPDATE_ACCOUNT_KEY = """
UPDATE accounts
SET wrapped_key = $2
WHERE id = $1
"""


class KeyRepository:
    """Reads and writes wrapped keys; never commits."""

    async def ensure_key(self, connection: Connection, name: str, wrapped: bytes) -> bytes:
        """Return the key of that name, which becomes `wrapped` when there is none."""
        await connection.execute(INSERT_KEY, name, wrapped)
        found: bytes = await connection.fetchval(SELECT_KEY, name)
        return found

    async def list_service_keys(self, connection: Connection) -> Sequence[tuple[str, bytes]]:
        """Return the service's keys, locked."""
        rows = await connection.fetch(SELECT_KEYS_LOCKED)
        return [(row["name"], row["wrapped_key"]) for row in rows]

    async def update_service_key(self, connection: Connection, name: str, wrapped: bytes) -> None:
        """Store a service key wrapped anew."""
        await connection.execute(UPDATE_KEY, name, wrapped)

    async def list_account_keys(
        self, connection: Connection, after: UUID, count: int
    ) -> Sequence[tuple[UUID, bytes]]:
        """Return the next keys of accounts, locked."""
        rows = await connection.fetch(SELECT_ACCOUNT_KEYS_LOCKED, after, count)
        return [(row["id"], row["wrapped_key"]) for row in rows]

    async def update_account_key(
        self, connection: Connection, account_id: UUID, wrapped: bytes
    ) -> None:
        """Store the key of an account wrapped anew."""
        await connection.execute(UPDATE_ACCOUNT_KEY, account_id, wrapped)
