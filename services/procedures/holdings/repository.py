"""The requests of an account in PostgreSQL."""

from typing import Any
from uuid import UUID

from chassis.database import Connection

SELECT_PAGE = """
SELECT
    id,
    procedure_id,
    version,
    state,
    number,
    filed_at,
    updated_at,
    due_on
FROM requests
WHERE account_id = $1
    AND ($2::uuid IS NULL OR id < $2)
    AND wrapped_key IS NOT NULL
ORDER BY id DESC
LIMIT $3
"""
UPDATE_DETACHED = """
UPDATE requests
SET account_id = NULL
WHERE account_id = $1
    AND state <> 'draft'
"""
# the accounts must keep payments for years: they no longer lead to the account
UPDATE_PAYERS_DETACHED = "UPDATE payers SET account_id = NULL WHERE account_id = $1"


class HoldingsRepository:
    """Reads and detaches the requests of an account; never commits."""

    async def list_page(
        self, connection: Connection, account_id: UUID, after: UUID | None, limit: int
    ) -> list[Any]:
        """Return the newest requests begun before `after`, without their answers."""
        return await connection.fetch(SELECT_PAGE, account_id, after, limit)

    async def detach_filed(self, connection: Connection, account_id: UUID) -> int:
        """Cut the filed requests from their account and return how many; the law keeps them."""
        done = await connection.execute(UPDATE_DETACHED, account_id)
        return int(done.rpartition(" ")[2])

    async def detach_payments(self, connection: Connection, account_id: UUID) -> None:
        """Cut the payments from their account."""
        await connection.execute(UPDATE_PAYERS_DETACHED, account_id)
