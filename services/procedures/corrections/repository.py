"""Corrections in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.database import Connection, Row
from services.procedures.corrections.model import Correction

INSERT_CORRECTION = """
INSERT INTO request_corrections (
    request_id,
    position,
    asked_at,
    deadline_on,
    fields,
    documents
) VALUES ($1, $2, $3, $4, $5, $6)
"""
SELECT_AWAITED = """
SELECT
    request_id,
    position,
    asked_at,
    deadline_on,
    fields,
    documents
FROM request_corrections
WHERE request_id = $1
    AND ended_at IS NULL
"""
UPDATE_ENDED = """
UPDATE request_corrections
SET ended_at = $2,
    earlier = $3
WHERE request_id = $1
    AND ended_at IS NULL
"""
SELECT_EARLIER = """
SELECT
    position,
    earlier
FROM request_corrections
WHERE request_id = $1
    AND earlier IS NOT NULL
ORDER BY position
"""


SELECT_WAITS = """
SELECT
    asked_at,
    deadline_on,
    ended_at,
    earlier IS NOT NULL AS received
FROM request_corrections
WHERE request_id = $1
    AND cardinality(fields) + cardinality(documents) > 0
ORDER BY position
"""


class CorrectionRepository:
    """Reads and writes what was asked."""

    async def insert_correction(self, connection: Connection, correction: Correction) -> None:
        """Store what is asked; the former one must have ended."""
        await connection.execute(
            INSERT_CORRECTION,
            correction.request_id,
            correction.position,
            correction.asked_at,
            correction.deadline_on,
            list(correction.fields),
            list(correction.documents),
        )

    async def find_awaited(self, connection: Connection, request_id: UUID) -> Correction | None:
        """Return what the person is asked now."""
        row = await connection.fetchrow(SELECT_AWAITED, request_id)
        if row is None:
            return None
        lists: dict[str, Any] = {
            "fields": tuple(row["fields"]),
            "documents": tuple(row["documents"]),
        }
        return Correction(**{**row, **lists})

    async def end_awaited(
        self, connection: Connection, request_id: UUID, at: datetime, earlier: bytes | None
    ) -> None:
        """Note that what was asked is no longer awaited; `earlier` seals the values before."""
        await connection.execute(UPDATE_ENDED, request_id, at, earlier)

    async def list_earlier(
        self, connection: Connection, request_id: UUID
    ) -> list[tuple[int, bytes]]:
        """Return the sealed values that corrections replaced, oldest first."""
        rows = await connection.fetch(SELECT_EARLIER, request_id)
        return [(row["position"], row["earlier"]) for row in rows]

    async def list_waits(self, connection: Connection, request_id: UUID) -> Sequence[Row]:
        """Return when something named was asked, by when, and when it ended, oldest first."""
        return await connection.fetch(SELECT_WAITS, request_id)
