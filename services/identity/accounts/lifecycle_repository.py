"""States and dates of accounts in PostgreSQL; no personal datum passes here."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chassis.database import Connection
from services.identity.accounts.model import State

UPDATE_STATE = """
UPDATE accounts
SET state = $2,
    session_epoch = session_epoch + 1
WHERE id = $1
RETURNING session_epoch
"""
UPDATE_EPOCH = """
UPDATE accounts
SET session_epoch = session_epoch + 1
WHERE id = $1
RETURNING session_epoch
"""
UPDATE_SEEN = """
UPDATE accounts
SET last_seen_at = $2,
    warned_at = NULL
WHERE id = $1
"""
UPDATE_WARNED = "UPDATE accounts SET warned_at = $2 WHERE id = $1"
UPDATE_ERASURE_DUE = "UPDATE accounts SET erasure_due_at = $2 WHERE id = $1"
UPDATE_LIMITED = "UPDATE accounts SET limited_at = $2 WHERE id = $1"
SELECT_TO_WARN = """
SELECT id
FROM accounts
WHERE last_seen_at < $1
    AND warned_at IS NULL
    AND state <> 'erased'
    AND roles = '{}'
ORDER BY last_seen_at
LIMIT 100
"""
SELECT_TO_EXPIRE = """
SELECT id
FROM accounts
WHERE last_seen_at < $1
    AND warned_at < $2
    AND state <> 'erased'
    AND roles = '{}'
ORDER BY last_seen_at
LIMIT 100
"""
SELECT_TO_ERASE = """
SELECT id
FROM accounts
WHERE erasure_due_at <= $1
    AND state <> 'erased'
ORDER BY erasure_due_at
LIMIT 100
"""
DELETE_UNCONFIRMED = """
DELETE FROM accounts
WHERE state = 'pending'
    AND created_at < $1
    AND NOT EXISTS (SELECT FROM account_events WHERE account_id = accounts.id)
    AND NOT EXISTS (SELECT FROM rights_requests WHERE account_id = accounts.id)
"""


class LifecycleRepository:
    """Reads and writes states and dates; never commits."""

    async def update_state(self, connection: Connection, account_id: UUID, state: State) -> int:
        """Store a state and return the session epoch: every session from before it ends."""
        return int(await connection.fetchval(UPDATE_STATE, account_id, state))

    async def update_epoch(self, connection: Connection, account_id: UUID) -> int:
        """End every session and return the new epoch."""
        return int(await connection.fetchval(UPDATE_EPOCH, account_id))

    async def update_seen(self, connection: Connection, account_id: UUID, at: datetime) -> None:
        """Store that the account was used."""
        await connection.execute(UPDATE_SEEN, account_id, at)

    async def update_warned(self, connection: Connection, account_id: UUID, at: datetime) -> None:
        """Store that the coming erasure was announced."""
        await connection.execute(UPDATE_WARNED, account_id, at)

    async def update_erasure_due(
        self, connection: Connection, account_id: UUID, at: datetime | None
    ) -> None:
        """Store when the account will be erased; None keeps it."""
        await connection.execute(UPDATE_ERASURE_DUE, account_id, at)

    async def update_limited(
        self, connection: Connection, account_id: UUID, at: datetime | None
    ) -> None:
        """Store since when the use of the data is limited; None ends it."""
        await connection.execute(UPDATE_LIMITED, account_id, at)

    async def list_to_warn(self, connection: Connection, unseen_since: datetime) -> Sequence[UUID]:
        """Return accounts of residents, unused since then and not warned, 100 at most."""
        return [row["id"] for row in await connection.fetch(SELECT_TO_WARN, unseen_since)]

    async def list_to_expire(
        self, connection: Connection, unseen_since: datetime, warned_before: datetime
    ) -> Sequence[UUID]:
        """Return accounts unused since then although they were warned, 100 at most."""
        rows = await connection.fetch(SELECT_TO_EXPIRE, unseen_since, warned_before)
        return [row["id"] for row in rows]

    async def list_to_erase(self, connection: Connection, at: datetime) -> Sequence[UUID]:
        """Return accounts whose owner's time to change their mind is over, 100 at most."""
        return [row["id"] for row in await connection.fetch(SELECT_TO_ERASE, at)]

    async def delete_unconfirmed(self, connection: Connection, before: datetime) -> int:
        """Delete accounts whose e-mail was never confirmed; return how many."""
        return int((await connection.execute(DELETE_UNCONFIRMED, before)).rpartition(" ")[2])
