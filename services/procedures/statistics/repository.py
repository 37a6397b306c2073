"""Counts of decisions in PostgreSQL."""

from collections.abc import Sequence
from datetime import date

from chassis.database import Connection
from services.procedures.statistics.model import DecisionCount, RealDelay

UPSERT_COUNT = """
INSERT INTO decision_counts (
    procedure_id,
    service_id,
    month,
    outcome,
    delay,
    requests,
    days,
    late
) VALUES ($1, $2, $3, $4, $5, 1, $6, $7)
ON CONFLICT (service_id, procedure_id, month, outcome, delay) DO UPDATE
SET requests = decision_counts.requests + 1,
    days = decision_counts.days + EXCLUDED.days,
    late = decision_counts.late + EXCLUDED.late
"""
SELECT_COUNTS = """
SELECT
    procedure_id,
    service_id,
    month,
    outcome,
    delay,
    requests,
    days,
    late
FROM decision_counts
WHERE service_id = $1
    AND month BETWEEN $2 AND $3
ORDER BY procedure_id, month, outcome, delay
"""
SELECT_REAL_DELAY = """
SELECT
    coalesce(sum(requests), 0)::integer AS requests,
    coalesce(sum(days), 0)::bigint AS days,
    coalesce(sum(late), 0)::integer AS late
FROM decision_counts
WHERE service_id = $1
    AND procedure_id = $2
    AND month >= $3
    AND outcome IN ('accepted', 'refused')
"""


class StatisticsRepository:
    """Adds to counts and reads them."""

    async def add_decision(self, connection: Connection, count: DecisionCount) -> None:
        """Count one decision."""
        await connection.execute(
            UPSERT_COUNT,
            count.procedure_id,
            count.service_id,
            count.month,
            count.outcome,
            count.delay,
            count.days,
            count.late,
        )

    async def list_counts(
        self, connection: Connection, service_id: str, first: date, last: date
    ) -> Sequence[DecisionCount]:
        """Return the counts of a service between two months, both included."""
        rows = await connection.fetch(SELECT_COUNTS, service_id, first, last)
        return [DecisionCount(**row) for row in rows]

    async def find_real_delay(
        self, connection: Connection, service_id: str, procedure_id: str, since: date
    ) -> RealDelay:
        """Return the mean delay of the decisions of a procedure since a month."""
        row = await connection.fetchrow(SELECT_REAL_DELAY, service_id, procedure_id, since)
        found = dict(row or {})
        mean = found["days"] / found["requests"] if found["requests"] else 0.0
        return RealDelay(found["requests"], round(mean, 1), found["late"])
