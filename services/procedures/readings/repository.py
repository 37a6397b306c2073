"""Readings in PostgreSQL: written and read, never changed."""

from collections.abc import Sequence
from uuid import UUID

from chassis.database import Connection
from services.procedures.readings.model import Reading

INSERT_READINGS = """
INSERT INTO request_readings (
    request_id,
    read_at,
    reader_kind,
    reader_id,
    purpose
)
SELECT
    request_id,
    $2,
    $3,
    $4,
    $5
FROM unnest($1::uuid[]) AS request_id
"""
SELECT_READINGS = """
SELECT
    read_at,
    reader_kind,
    reader_id,
    purpose
FROM request_readings
WHERE request_id = $1
ORDER BY id DESC
LIMIT $2
"""


class ReadingRepository:
    """Appends to the reading journal."""

    async def insert_readings(
        self, connection: Connection, request_ids: Sequence[UUID], reading: Reading
    ) -> None:
        """Note that these requests were read."""
        await connection.execute(
            INSERT_READINGS,
            list(request_ids),
            reading.at,
            reading.reader_kind,
            reading.reader_id,
            reading.purpose,
        )

    async def list_readings(
        self, connection: Connection, request_id: UUID, count: int
    ) -> Sequence[Reading]:
        """Return the last readings of a request, the latest first."""
        rows = await connection.fetch(SELECT_READINGS, request_id, count)
        return [
            Reading(row["read_at"], row["reader_kind"], row["reader_id"], row["purpose"])
            for row in rows
        ]
