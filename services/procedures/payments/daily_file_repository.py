"""Lines of the daily files in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from chassis.database import Connection
from services.procedures.payments.daily_line import DailyLine

SELECT_LINE = """
SELECT attempt_id
FROM daily_file_lines
WHERE regie_id = $1
    AND refdet = $2
    AND exer = $3
    AND transacted_at = $4
    AND amount_cents = $5
    AND authorisation = $6
"""
UPSERT_LINE = """
INSERT INTO daily_file_lines (
    regie_id,
    refdet,
    exer,
    transacted_at,
    amount_cents,
    authorisation,
    result,
    attempt_id,
    imported_at,
    imported_by
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (regie_id, refdet, exer, transacted_at, amount_cents, authorisation) DO UPDATE
SET attempt_id = excluded.attempt_id
"""
# the attempt paid under that number, or the one that best awaits a payment at that time; what the
# DGFiP can be asked about was looked up before: only its answer, which names the mode, pays it
SELECT_CANDIDATE = """
SELECT id
FROM payment_attempts
WHERE regie_id = $1
    AND refdet = $2
    AND exer = $3
    AND amount_cents = $4
    AND numcli = $5
    AND created_at <= $6::timestamptz + interval '1 minute'
    AND ((state = 'paid' AND authorisation = $7) OR (state <> 'paid' AND idop IS NULL))
    AND NOT EXISTS (SELECT 1 FROM daily_file_lines WHERE attempt_id = payment_attempts.id)
ORDER BY
    (authorisation IS NOT DISTINCT FROM $7) DESC,
    (state IN ('declared', 'disputed')) DESC,
    (state IN ('open', 'unknown', 'started')) DESC,
    created_at DESC
LIMIT 1
"""
INSERT_UNMATCHED_ALERT = """
INSERT INTO payment_alerts (regie_id, kind, detail, raised_at)
VALUES ($1, $2, $3, $4)
"""


class DailyFileRepository:
    """Reads and writes the lines; the caller holds the bill's lock."""

    async def find_known(self, connection: Connection, line: DailyLine) -> tuple[bool, UUID | None]:
        """Say whether the line is known, and the attempt that it confirmed."""
        row = await connection.fetchrow(SELECT_LINE, *_key(line))
        return (row is not None, row["attempt_id"] if row is not None else None)

    async def find_candidate(self, connection: Connection, line: DailyLine) -> UUID | None:
        """Return the attempt that the line tells about."""
        found: UUID | None = await connection.fetchval(
            SELECT_CANDIDATE,
            line.bill.regie_id,
            line.bill.refdet,
            line.bill.exer,
            line.amount_cents,
            line.numcli,
            line.transacted_at,
            line.authorisation,
        )
        return found

    async def upsert_line(
        self,
        connection: Connection,
        line: DailyLine,
        attempt_id: UUID | None,
        at: datetime,
        by: UUID,
    ) -> None:
        """Keep the line, with the attempt that it confirms."""
        await connection.execute(UPSERT_LINE, *_key(line), line.result, attempt_id, at, by)

    async def insert_unmatched_alert(
        self, connection: Connection, line: DailyLine, kind: str, at: datetime
    ) -> None:
        """Tell of a payment that nobody here asked for."""
        bill = line.bill
        await connection.execute(INSERT_UNMATCHED_ALERT, bill.regie_id, kind, bill.refdet, at)


def _key(line: DailyLine) -> tuple[object, ...]:
    bill = line.bill
    return (
        bill.regie_id,
        bill.refdet,
        bill.exer,
        line.transacted_at,
        line.amount_cents,
        line.authorisation,
    )
