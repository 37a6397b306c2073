"""Published heads in PostgreSQL."""

from collections.abc import Sequence
from datetime import date

from chassis.database import Connection, Row
from services.legal.heads.model import EMPTY_TRAIL, PublishedHead, TrailHead

SELECT_TRAIL_HEAD = """
SELECT
    position,
    hash
FROM audit_entries
ORDER BY position DESC
LIMIT 1
"""
SELECT_HASHES = """
SELECT
    position,
    hash
FROM audit_entries
WHERE position = ANY ($1)
"""
SELECT_HEADS = """
SELECT
    day,
    position,
    hash,
    published_at,
    proof
FROM published_heads
WHERE $1::date IS NULL OR day < $1
ORDER BY day DESC
LIMIT $2
"""
SELECT_HEAD = """
SELECT
    day,
    position,
    hash,
    published_at,
    proof
FROM published_heads
WHERE day = $1
"""
INSERT_HEAD = """
INSERT INTO published_heads (
    day,
    position,
    hash,
    published_at,
    proof
) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (day) DO NOTHING
RETURNING day
"""


class HeadRepository:
    """Reads the trail's head, reads and writes the published ones; never commits."""

    async def find_trail_head(self, connection: Connection) -> TrailHead:
        """Return the head of the trail now."""
        row = await connection.fetchrow(SELECT_TRAIL_HEAD)
        return TrailHead(row["position"], row["hash"]) if row is not None else EMPTY_TRAIL

    async def list_hashes(
        self, connection: Connection, positions: Sequence[int]
    ) -> dict[int, bytes]:
        """Return the hashes that the trail has at some positions."""
        rows = await connection.fetch(SELECT_HASHES, list(positions))
        return {row["position"]: row["hash"] for row in rows}

    async def list_heads(
        self, connection: Connection, before: date | None, limit: int | None
    ) -> list[PublishedHead]:
        """Return published heads, latest first, of days before another; all without a limit."""
        return [_head(row) for row in await connection.fetch(SELECT_HEADS, before, limit)]

    async def find_head(self, connection: Connection, day: date) -> PublishedHead | None:
        """Return the head published on a day."""
        row = await connection.fetchrow(SELECT_HEAD, day)
        return _head(row) if row is not None else None

    async def insert_head(self, connection: Connection, head: PublishedHead) -> bool:
        """Publish a head; say whether its day had none yet."""
        made = await connection.fetchval(
            INSERT_HEAD,
            head.day,
            head.head.position,
            head.head.hash,
            head.published_at,
            head.proof,
        )
        return made is not None


def _head(row: Row) -> PublishedHead:
    head = TrailHead(row["position"], row["hash"])
    return PublishedHead(row["day"], head, row["published_at"], row["proof"])
