"""Copies in PostgreSQL: sealed, and forgotten once downloaded."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.database import Connection
from services.identity.accounts.sealing import AccountKey
from services.identity.copies.model import DataCopy

INSERT_COPY = """
INSERT INTO data_copies (
    id,
    account_id,
    state,
    requested_at,
    expires_at
) VALUES ($1, $2, 'preparing', $3, $4)
"""
SELECT_COPIES = """
SELECT
    id,
    state,
    missing,
    requested_at,
    expires_at
FROM data_copies
WHERE account_id = $1
ORDER BY id DESC
LIMIT 20
"""
SELECT_WAITING = """
SELECT count(*)
FROM data_copies
WHERE account_id = $1
    AND state IN ('preparing', 'ready')
    AND expires_at > $2
"""
UPDATE_ATTEMPTED = """
UPDATE data_copies
SET attempts = attempts + 1
WHERE id = $1
    AND state = 'preparing'
RETURNING attempts
"""
UPDATE_READY = """
UPDATE data_copies
SET state = 'ready',
    content = $2,
    missing = $3
WHERE id = $1
    AND state = 'preparing'
"""
UPDATE_DOWNLOADED = """
WITH before AS (
    SELECT
        id,
        content
    FROM data_copies
    WHERE id = $1
        AND account_id = $2
        AND state = 'ready'
        AND expires_at > $3
    FOR UPDATE
)
UPDATE data_copies
SET state = 'downloaded',
    content = NULL
FROM before
WHERE data_copies.id = before.id
RETURNING before.content
"""
UPDATE_EXPIRED = """
UPDATE data_copies
SET state = 'expired',
    content = NULL
WHERE expires_at <= $1
    AND state IN ('preparing', 'ready')
"""
DELETE_FILES = """
DELETE FROM data_copy_files
WHERE copy_id = $1
"""
INSERT_FILE = """
INSERT INTO data_copy_files (
    copy_id,
    position,
    content
) VALUES ($1, $2, $3)
"""
SELECT_FILE = """
SELECT content
FROM data_copy_files
WHERE copy_id = $1
    AND position = $2
"""
# also what a broken download left behind
DELETE_OLD_FILES = """
DELETE FROM data_copy_files
USING data_copies
WHERE data_copies.id = data_copy_files.copy_id
    AND data_copies.expires_at <= $1
"""
FILE_PLACE = "data_copy_files.content"
PLACE = "data_copies.content"


class CopyRepository:
    """Reads and writes copies; never commits."""

    async def insert_copy(self, connection: Connection, account_id: UUID, copy: DataCopy) -> None:
        """Store a copy that is to be made."""
        await connection.execute(
            INSERT_COPY, copy.id, account_id, copy.requested_at, copy.expires_at
        )

    async def list_copies(self, connection: Connection, account_id: UUID) -> Sequence[DataCopy]:
        """Return the copies of an account, the newest first."""
        rows = await connection.fetch(SELECT_COPIES, account_id)
        return [DataCopy(**{**row, "missing": tuple(row["missing"])}) for row in map(dict, rows)]

    async def count_waiting(self, connection: Connection, account_id: UUID, at: datetime) -> int:
        """Return how many are still to be made or downloaded."""
        return int(await connection.fetchval(SELECT_WAITING, account_id, at))

    async def note_attempt(self, connection: Connection, copy_id: UUID) -> int | None:
        """Return which attempt at making it this is; None when it needs no making."""
        attempt: int | None = await connection.fetchval(UPDATE_ATTEMPTED, copy_id)
        return attempt

    async def store_content(
        self,
        connection: Connection,
        copy_id: UUID,
        key: AccountKey,
        content: Any,
        missing: Sequence[str],
    ) -> None:
        """Store what was gathered."""
        sealed = key.seal(content, f"{PLACE}:{copy_id}")
        await connection.execute(UPDATE_READY, copy_id, sealed, list(missing))

    async def take_content(
        self,
        connection: Connection,
        account_id: UUID,
        copy_id: UUID,
        key: AccountKey,
        at: datetime,
    ) -> Any | None:
        """Return a copy's content and forget it: of two downloads, one gets it."""
        sealed = await connection.fetchval(UPDATE_DOWNLOADED, copy_id, account_id, at)
        return key.open(sealed, f"{PLACE}:{copy_id}") if sealed is not None else None

    async def expire_copies(self, connection: Connection, at: datetime) -> None:
        """Forget the content of those that are too old."""
        await connection.execute(UPDATE_EXPIRED, at)
        await connection.execute(DELETE_OLD_FILES, at)

    async def delete_files(self, connection: Connection, copy_id: UUID) -> None:
        """Forget the files of a copy."""
        await connection.execute(DELETE_FILES, copy_id)

    async def insert_file(
        self, connection: Connection, copy_id: UUID, key: AccountKey, position: int, content: bytes
    ) -> None:
        """Store a file of a copy."""
        sealed = key.seal_bytes(content, f"{FILE_PLACE}:{copy_id}:{position}")
        await connection.execute(INSERT_FILE, copy_id, position, sealed)

    async def find_file(
        self, connection: Connection, copy_id: UUID, key: AccountKey, position: int
    ) -> bytes | None:
        """Return the bytes of a file of a copy, None when they could not be had."""
        sealed = await connection.fetchval(SELECT_FILE, copy_id, position)
        if sealed is None:
            return None
        return key.open_bytes(sealed, f"{FILE_PLACE}:{copy_id}:{position}")
