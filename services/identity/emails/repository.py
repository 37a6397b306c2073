"""Changes of e-mail in PostgreSQL; the new address is sealed with the account's key."""

from datetime import datetime
from uuid import UUID

from chassis.database import Connection
from services.identity.accounts.sealing import AccountKey
from services.identity.emails.model import EmailChange

UPSERT_CHANGE = """
INSERT INTO email_changes (
    account_id,
    change_id,
    email,
    requested_at
) VALUES ($1, $2, $3, $4)
ON CONFLICT (account_id) DO UPDATE
SET change_id = excluded.change_id,
    email = excluded.email,
    requested_at = excluded.requested_at,
    former_confirmed_at = NULL,
    new_confirmed_at = NULL
"""
UPDATE_FORMER_CONFIRMED = """
UPDATE email_changes
SET former_confirmed_at = $3
WHERE account_id = $1
    AND change_id = $2
"""
UPDATE_NEW_CONFIRMED = """
UPDATE email_changes
SET new_confirmed_at = $3
WHERE account_id = $1
    AND change_id = $2
"""
SELECT_CHANGE = """
SELECT
    change_id,
    email,
    former_confirmed_at,
    new_confirmed_at
FROM email_changes
WHERE account_id = $1
"""
DELETE_CHANGE = "DELETE FROM email_changes WHERE account_id = $1"
PLACE = "email_changes.email"


class EmailChangeRepository:
    """Reads and writes changes of e-mail; never commits."""

    async def store_change(
        self,
        connection: Connection,
        account_id: UUID,
        key: AccountKey,
        change: EmailChange,
        at: datetime,
    ) -> None:
        """Store a change in place of one that waited."""
        sealed = key.seal(change.email, f"{PLACE}:{change.change_id}")
        await connection.execute(UPSERT_CHANGE, account_id, change.change_id, sealed, at)

    async def confirm_former(
        self, connection: Connection, account_id: UUID, change_id: UUID, at: datetime
    ) -> None:
        """Store that the former address agrees."""
        await connection.execute(UPDATE_FORMER_CONFIRMED, account_id, change_id, at)

    async def confirm_new(
        self, connection: Connection, account_id: UUID, change_id: UUID, at: datetime
    ) -> None:
        """Store that the new address receives its mail."""
        await connection.execute(UPDATE_NEW_CONFIRMED, account_id, change_id, at)

    async def find_change(
        self, connection: Connection, account_id: UUID, key: AccountKey
    ) -> EmailChange | None:
        """Return the change that waits."""
        row = await connection.fetchrow(SELECT_CHANGE, account_id)
        if row is None:
            return None
        return EmailChange(
            row["change_id"],
            key.open(row["email"], f"{PLACE}:{row['change_id']}"),
            row["former_confirmed_at"] is not None,
            row["new_confirmed_at"] is not None,
        )

    async def delete_change(self, connection: Connection, account_id: UUID) -> None:
        """Forget the change."""
        await connection.execute(DELETE_CHANGE, account_id)
