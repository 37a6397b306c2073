"""What is only ever added: look-ups, events, credits, refunds and alerts."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from chassis.database import Connection
from services.procedures.payments.model import Attempt, AttemptEvent, Bill

INSERT_LOOK_UP = """
INSERT INTO payment_look_ups (attempt_id, asked_at, cause, outcome, code, raw)
VALUES ($1, $2, $3, $4, $5, $6)
"""
INSERT_EVENT = "INSERT INTO payment_events (attempt_id, recorded_at, kind) VALUES ($1, $2, $3)"
SELECT_EVENTS = """
SELECT
    attempt_id,
    recorded_at,
    kind
FROM payment_events
WHERE attempt_id = ANY($1::uuid[])
ORDER BY id
"""
SELECT_IS_CREDITED = """
SELECT EXISTS (
    SELECT 1 FROM credits
    WHERE regie_id = $1 AND exer = $2 AND refdet = $3 AND kind = 'payment'
)
"""
INSERT_CREDIT = """
INSERT INTO credits (
    attempt_id,
    debt_id,
    regie_id,
    exer,
    refdet,
    kind,
    amount_cents,
    result,
    credited_at
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
SELECT_CREDIT_KIND = "SELECT kind FROM credits WHERE attempt_id = $1"
INSERT_REFUND = """
INSERT INTO refunds (attempt_id, amount_cents, state, queued_at)
VALUES ($1, $2, 'queued', $3)
"""
INSERT_ALERT = """
INSERT INTO payment_alerts (regie_id, attempt_id, kind, detail, raised_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (attempt_id, kind) WHERE closed_at IS NULL AND attempt_id IS NOT NULL DO NOTHING
"""


class LedgerRepository:
    """Writes the trail of payments."""

    async def insert_look_up(
        self,
        connection: Connection,
        attempt_id: UUID,
        at: datetime,
        cause: str,
        found: tuple[str, str, bytes],
    ) -> None:
        """Keep an answer: `found` is its outcome, its code, and the sealed raw text (rule 7)."""
        outcome, code, raw = found
        await connection.execute(INSERT_LOOK_UP, attempt_id, at, cause, outcome, code, raw)

    async def insert_event(
        self, connection: Connection, attempt_id: UUID, at: datetime, kind: str
    ) -> None:
        """Note the state that an attempt took."""
        await connection.execute(INSERT_EVENT, attempt_id, at, kind)

    async def list_events(
        self, connection: Connection, attempt_ids: Iterable[UUID]
    ) -> list[AttemptEvent]:
        """Return the events of some attempts, oldest first."""
        rows = await connection.fetch(SELECT_EVENTS, list(attempt_ids))
        return [AttemptEvent(row["recorded_at"], row["kind"], row["attempt_id"]) for row in rows]

    async def is_credited(self, connection: Connection, bill: Bill) -> bool:
        """Say whether a payment of the bill is verified."""
        return bool(
            await connection.fetchval(SELECT_IS_CREDITED, bill.regie_id, bill.exer, bill.refdet)
        )

    async def insert_credit(
        self, connection: Connection, attempt: Attempt, kind: str, at: datetime
    ) -> None:
        """Credit a verified payment; one an attempt, and one payment a bill."""
        bill = attempt.bill
        await connection.execute(
            INSERT_CREDIT,
            attempt.id,
            attempt.debt_id,
            bill.regie_id,
            bill.exer,
            bill.refdet,
            kind,
            attempt.amount_cents,
            attempt.result,
            at,
        )

    async def find_credit_kind(self, connection: Connection, attempt_id: UUID) -> str | None:
        """Return 'payment' or 'overpayment' when the attempt was credited."""
        kind: str | None = await connection.fetchval(SELECT_CREDIT_KIND, attempt_id)
        return kind

    async def insert_refund(self, connection: Connection, attempt: Attempt, at: datetime) -> None:
        """Queue a payment in excess for a human."""
        await connection.execute(INSERT_REFUND, attempt.id, attempt.amount_cents, at)

    async def insert_alert(
        self, connection: Connection, attempt: Attempt, kind: str, at: datetime, detail: str = ""
    ) -> None:
        """Tell the cash officer, unless the same is told already and not closed."""
        await connection.execute(
            INSERT_ALERT, attempt.bill.regie_id, attempt.id, kind, detail or attempt.bill.refdet, at
        )
