"""Data of profiles in PostgreSQL, one row each, sealed with the account's key."""

from collections.abc import Sequence
from uuid import UUID

from chassis.database import Connection
from services.identity.accounts.sealing import AccountKey
from services.identity.profiles.model import FIELDS, StoredField

SELECT_FIELDS = """
SELECT
    name,
    value,
    updated_at
FROM profile_fields
WHERE account_id = $1
"""
UPSERT_FIELD = """
INSERT INTO profile_fields (
    account_id,
    name,
    value,
    updated_at
) VALUES ($1, $2, $3, $4)
ON CONFLICT (account_id, name) DO UPDATE
SET value = excluded.value,
    updated_at = excluded.updated_at
"""
DELETE_FIELD = """
DELETE FROM profile_fields
WHERE account_id = $1
    AND name = $2
RETURNING name
"""
UPSERT_PIVOT = """
INSERT INTO profile_pivots (
    account_id,
    digest
) VALUES ($1, $2)
ON CONFLICT (account_id) DO UPDATE
SET digest = excluded.digest
"""
DELETE_PIVOT = "DELETE FROM profile_pivots WHERE account_id = $1"
PLACE = "profile_fields.value"


class ProfileRepository:
    """Reads and writes data of profiles; never commits."""

    async def list_fields(
        self, connection: Connection, account_id: UUID, key: AccountKey
    ) -> Sequence[StoredField]:
        """Return what is kept, in the order of the page."""
        rows = await connection.fetch(SELECT_FIELDS, account_id)
        found = {row["name"]: row for row in rows}
        return [
            StoredField(
                name,
                key.open(found[name]["value"], f"{PLACE}:{name}"),
                found[name]["updated_at"],
            )
            for name in FIELDS
            if name in found
        ]

    async def store_field(
        self, connection: Connection, account_id: UUID, key: AccountKey, stored: StoredField
    ) -> None:
        """Store a datum in place of the former."""
        await connection.execute(
            UPSERT_FIELD,
            account_id,
            stored.name,
            key.seal(stored.value, f"{PLACE}:{stored.name}"),
            stored.updated_at,
        )

    async def delete_field(self, connection: Connection, account_id: UUID, name: str) -> bool:
        """Erase a datum; False when it was not kept."""
        return await connection.fetchval(DELETE_FIELD, account_id, name) is not None

    async def store_pivot(
        self, connection: Connection, account_id: UUID, digest: bytes | None
    ) -> None:
        """Store what stands for the six pivot data; None forgets it."""
        if digest is None:
            await connection.execute(DELETE_PIVOT, account_id)
        else:
            await connection.execute(UPSERT_PIVOT, account_id, digest)
