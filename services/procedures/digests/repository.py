"""Choices and digests in PostgreSQL."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from chassis.database import Connection
from services.procedures.digests.model import Every

SELECT_CHOICE = "SELECT every FROM digest_choices WHERE staff_id = $1"
UPSERT_CHOICE = """
INSERT INTO digest_choices (
    staff_id,
    every,
    chosen_at
) VALUES ($1, $2, $3)
ON CONFLICT (staff_id) DO UPDATE
SET every = EXCLUDED.every,
    chosen_at = EXCLUDED.chosen_at
"""
DELETE_CHOICE = "DELETE FROM digest_choices WHERE staff_id = $1"
INSERT_PLANNED = """
INSERT INTO digests (
    staff_id,
    day,
    planned_at
)
SELECT
    staff_id,
    $1,
    $2
FROM digest_choices
WHERE every = ANY($3::text[])
ON CONFLICT (staff_id, day) DO NOTHING
RETURNING staff_id
"""
DELETE_OLD = "DELETE FROM digests WHERE day < $1 AND ended_at IS NOT NULL"
SELECT_PLANNED = """
SELECT true
FROM digests
WHERE staff_id = $1
    AND day = $2
    AND ended_at IS NULL
FOR UPDATE SKIP LOCKED
"""
UPDATE_ENDED = """
UPDATE digests
SET ended_at = $3
WHERE staff_id = $1
    AND day = $2
"""


class DigestRepository:
    """Reads and writes who wants digests, and which were planned and ended."""

    async def find_choice(self, connection: Connection, staff_id: UUID) -> Every:
        """Return how often somebody wants a digest."""
        found = await connection.fetchval(SELECT_CHOICE, staff_id)
        return Every(found) if found is not None else Every.NEVER

    async def update_choice(
        self, connection: Connection, staff_id: UUID, every: Every, at: datetime
    ) -> None:
        """Store how often somebody wants a digest."""
        if every is Every.NEVER:
            await connection.execute(DELETE_CHOICE, staff_id)
        else:
            await connection.execute(UPSERT_CHOICE, staff_id, str(every), at)

    async def plan(
        self, connection: Connection, day: date, at: datetime, wanted: Sequence[Every]
    ) -> list[UUID]:
        """Claim the digests of a day that nobody has claimed; return whose they are."""
        rows = await connection.fetch(INSERT_PLANNED, day, at, [str(one) for one in wanted])
        return [row["staff_id"] for row in rows]

    async def forget_before(self, connection: Connection, day: date) -> None:
        """Forget ended digests of the days before."""
        await connection.execute(DELETE_OLD, day)

    async def lock_planned(self, connection: Connection, staff_id: UUID, day: date) -> bool:
        """Hold a digest that waits; False when it ended, or when somebody else is sending it."""
        return bool(await connection.fetchval(SELECT_PLANNED, staff_id, day))

    async def update_ended(
        self, connection: Connection, staff_id: UUID, day: date, at: datetime
    ) -> None:
        """Note that a digest was sent, or had nothing to say."""
        await connection.execute(UPDATE_ENDED, staff_id, day, at)
