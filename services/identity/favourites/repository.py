"""Pinned procedures in PostgreSQL, sealed: what somebody pins tells about them."""

from collections.abc import Sequence
from uuid import UUID

from chassis.database import Connection
from services.identity.accounts.sealing import AccountKey

SELECT_FAVOURITES = "SELECT procedures FROM favourites WHERE account_id = $1"
UPSERT_FAVOURITES = """
INSERT INTO favourites (
    account_id,
    procedures
) VALUES ($1, $2)
ON CONFLICT (account_id) DO UPDATE
SET procedures = excluded.procedures
"""
PLACE = "favourites.procedures"


class FavouriteRepository:
    """Reads and writes pinned procedures; never commits."""

    async def list_favourites(
        self, connection: Connection, account_id: UUID, key: AccountKey
    ) -> Sequence[str]:
        """Return ids of procedures, the last pinned first."""
        sealed = await connection.fetchval(SELECT_FAVOURITES, account_id)
        return list(key.open(sealed, PLACE)) if sealed is not None else []

    async def update_favourites(
        self, connection: Connection, account_id: UUID, key: AccountKey, pinned: Sequence[str]
    ) -> None:
        """Store them all."""
        sealed = key.seal(list(pinned), PLACE)
        await connection.execute(UPSERT_FAVOURITES, account_id, sealed)
