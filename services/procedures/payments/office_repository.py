"""What a cash officer reads and decides, in PostgreSQL."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.database import Connection
from services.procedures.payments.model import Attempt

SELECT_COUNTS = """
SELECT
    state,
    count(*) AS attempts,
    sum(amount_cents) AS cents
FROM payment_attempts
WHERE regie_id = $1 AND created_at >= $2
GROUP BY state
ORDER BY state
"""
SELECT_ALERTS = """
SELECT
    id,
    kind,
    detail,
    attempt_id,
    raised_at
FROM payment_alerts
WHERE regie_id = $1 AND closed_at IS NULL AND id < $2
ORDER BY id DESC
LIMIT $3
"""
UPDATE_ALERT_CLOSED = """
UPDATE payment_alerts
SET closed_at = $3,
    closed_by = $4
WHERE id = $1 AND regie_id = $2 AND closed_at IS NULL
RETURNING id
"""
SELECT_REFUNDS = """
SELECT
    refunds.attempt_id,
    refunds.amount_cents,
    refunds.state,
    refunds.note,
    refunds.queued_at,
    credits.refdet,
    credits.exer
FROM refunds
JOIN credits ON credits.attempt_id = refunds.attempt_id
WHERE credits.regie_id = $1 AND refunds.state = 'queued'
ORDER BY refunds.queued_at
LIMIT $2
"""
UPDATE_REFUND = """
UPDATE refunds
SET state = $3,
    note = $4,
    settled_at = $5,
    settled_by = $6
FROM credits
WHERE credits.attempt_id = refunds.attempt_id
    AND refunds.attempt_id = $1
    AND credits.regie_id = $2
    AND refunds.state = 'queued'
RETURNING refunds.attempt_id
"""
SELECT_ATTEMPTS_OF_REGIE = """
SELECT
    id,
    exer,
    refdet,
    mode,
    saisie,
    amount_cents,
    state,
    result,
    authorisation,
    transacted_at,
    created_at,
    looked_up_at,
    next_look_up_at
FROM payment_attempts
WHERE regie_id = $1
    AND id < $2
    AND ($3::text IS NULL OR state = $3)
ORDER BY id DESC
LIMIT $4
"""
SELECT_EXPORT = """
SELECT
    credits.credited_at,
    credits.exer,
    credits.refdet,
    credits.amount_cents,
    credits.kind,
    credits.result,
    payment_attempts.authorisation,
    payment_attempts.transacted_at,
    payment_attempts.mode,
    payment_attempts.saisie,
    daily_file_lines.imported_at AS reconciled_at
FROM credits
JOIN payment_attempts ON payment_attempts.id = credits.attempt_id
LEFT JOIN daily_file_lines ON daily_file_lines.attempt_id = credits.attempt_id
WHERE credits.regie_id = $1 AND credits.credited_at >= $2 AND credits.credited_at < $3
ORDER BY credits.credited_at, credits.attempt_id
LIMIT 100000
"""
SELECT_LOOK_UPS = """
SELECT
    asked_at,
    cause,
    outcome,
    code
FROM payment_look_ups
WHERE attempt_id = $1
ORDER BY id DESC
LIMIT 100
"""
Fields = Mapping[str, Any]


class OfficeRepository:
    """Reads for the dashboard and exports; writes the officer's decisions."""

    async def list_counts(
        self, connection: Connection, regie_id: str, since: datetime
    ) -> list[Fields]:
        """Return the attempts begun since, by state."""
        rows = await connection.fetch(SELECT_COUNTS, regie_id, since)
        return [dict(row) for row in rows]

    async def list_alerts(
        self, connection: Connection, regie_id: str, before: int, limit: int
    ) -> list[Fields]:
        """Return open alerts, the newest first."""
        rows = await connection.fetch(SELECT_ALERTS, regie_id, before, limit)
        return [dict(row) for row in rows]

    async def close_alert(
        self, connection: Connection, alert_id: int, regie_id: str, at: datetime, by: UUID
    ) -> bool:
        """Close an alert; return False when there is no such open one."""
        closed = await connection.fetchval(UPDATE_ALERT_CLOSED, alert_id, regie_id, at, by)
        return closed is not None

    async def list_refunds(self, connection: Connection, regie_id: str, limit: int) -> list[Fields]:
        """Return the refund queue, the oldest first."""
        rows = await connection.fetch(SELECT_REFUNDS, regie_id, limit)
        return [dict(row) for row in rows]

    async def settle_refund(
        self,
        connection: Connection,
        place: tuple[UUID, str],
        decided: tuple[str, str],
        at: datetime,
        by: UUID,
    ) -> bool:
        """Settle the refund of an attempt of a régie; `decided` is the state and the note."""
        settled = await connection.fetchval(UPDATE_REFUND, *place, *decided, at, by)
        return settled is not None

    async def list_attempts(
        self, connection: Connection, regie_id: str, before: UUID, state: str | None, limit: int
    ) -> list[Fields]:
        """Return attempts, the newest first."""
        rows = await connection.fetch(SELECT_ATTEMPTS_OF_REGIE, regie_id, before, state, limit)
        return [dict(row) for row in rows]

    async def list_credits(
        self, connection: Connection, regie_id: str, since: datetime, until: datetime
    ) -> list[Fields]:
        """Return the credits of a period, oldest first."""
        rows = await connection.fetch(SELECT_EXPORT, regie_id, since, until)
        return [dict(row) for row in rows]

    async def list_look_ups(self, connection: Connection, attempt: Attempt) -> list[Fields]:
        """Return the last look-ups of an attempt, without what was sealed."""
        rows = await connection.fetch(SELECT_LOOK_UPS, attempt.id)
        return [dict(row) for row in rows]
