"""Attempts at paying in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from chassis.database import Connection, ConstraintViolated, naming_constraints
from services.procedures.payments.model import Attempt, Bill
from services.procedures.payments.rows import attempt_of

SELECT_ATTEMPTS = """
SELECT
    id,
    debt_id,
    payer_id,
    regie_id,
    exer,
    refdet,
    mode,
    numcli,
    amount_cents,
    objet,
    saisie,
    state,
    created_at,
    token_hash,
    idop,
    result,
    authorisation,
    transacted_at,
    returned_at,
    looked_up_at,
    next_look_up_at
FROM payment_attempts
"""
SELECT_ATTEMPT = SELECT_ATTEMPTS + "WHERE id = $1"
SELECT_ATTEMPT_BY_IDOP = SELECT_ATTEMPTS + "WHERE idop = $1"
SELECT_ATTEMPT_BY_TOKEN = SELECT_ATTEMPTS + "WHERE token_hash = $1"
SELECT_ATTEMPTS_BY_ID = SELECT_ATTEMPTS + "WHERE id = ANY($1::uuid[]) ORDER BY id"
SELECT_ATTEMPTS_OF_BILL = (
    SELECT_ATTEMPTS
    + """
WHERE regie_id = $1 AND exer = $2 AND refdet = $3
ORDER BY created_at DESC, id DESC
LIMIT 100
"""
)
SELECT_ATTEMPTS_WITHOUT_IDOP = (
    SELECT_ATTEMPTS
    + """
WHERE refdet = $1
    AND mode = 'web_service'
    AND idop IS NULL
    AND state <> 'failed'
    AND created_at > $2
ORDER BY created_at DESC, id DESC
LIMIT 10
"""
)
EXISTS_WITHOUT_IDOP = """
SELECT EXISTS (
    SELECT 1 FROM payment_attempts
    WHERE mode = 'web_service' AND idop IS NULL AND state <> 'failed' AND created_at > $1
)
"""
INSERT_ATTEMPT = """
INSERT INTO payment_attempts (
    id,
    debt_id,
    payer_id,
    regie_id,
    exer,
    refdet,
    mode,
    numcli,
    amount_cents,
    objet,
    saisie,
    state,
    created_at,
    token_hash,
    idop,
    result,
    authorisation,
    transacted_at,
    returned_at,
    looked_up_at,
    next_look_up_at
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
    $21)
"""
UPDATE_ATTEMPT = """
UPDATE payment_attempts
SET state = $2,
    idop = $3,
    result = $4,
    authorisation = $5,
    transacted_at = $6,
    returned_at = $7,
    looked_up_at = $8,
    next_look_up_at = $9
WHERE id = $1
"""
UPDATE_DUE = """
UPDATE payment_attempts
SET next_look_up_at = $2
WHERE id = $1 AND state <> 'paid'
"""
# whoever takes an attempt has it for a while: should it die, the next one takes over
CLAIM_DUE = """
WITH due AS (
    SELECT id
    FROM payment_attempts
    WHERE next_look_up_at <= $1
    ORDER BY next_look_up_at
    LIMIT $3
    FOR UPDATE SKIP LOCKED
)
UPDATE payment_attempts
SET next_look_up_at = $2
WHERE id IN (SELECT id FROM due)
RETURNING id
"""


class BillHasLiveAttempt(Exception):
    """Another attempt on the bill is not over."""


class AttemptRepository:
    """Reads and writes attempts; the bill's lock orders the writers."""

    async def find_attempt(self, connection: Connection, attempt_id: UUID) -> Attempt | None:
        """Return the attempt."""
        row = await connection.fetchrow(SELECT_ATTEMPT, attempt_id)
        return attempt_of(row) if row is not None else None

    async def find_by_idop(self, connection: Connection, idop: str) -> Attempt | None:
        """Return the attempt that the DGFiP knows by `idop`."""
        row = await connection.fetchrow(SELECT_ATTEMPT_BY_IDOP, idop)
        return attempt_of(row) if row is not None else None

    async def find_by_token(self, connection: Connection, token_hash: bytes) -> Attempt | None:
        """Return the attempt whose address of return holds the token."""
        row = await connection.fetchrow(SELECT_ATTEMPT_BY_TOKEN, token_hash)
        return attempt_of(row) if row is not None else None

    async def list_of_bill(self, connection: Connection, bill: Bill) -> list[Attempt]:
        """Return the attempts on a bill, the newest first."""
        rows = await connection.fetch(
            SELECT_ATTEMPTS_OF_BILL, bill.regie_id, bill.exer, bill.refdet
        )
        return [attempt_of(row) for row in rows]

    async def list_without_idop(
        self, connection: Connection, refdet: str, since: datetime
    ) -> list[Attempt]:
        """Return the recent attempts on a reference whose number at the DGFiP was lost."""
        rows = await connection.fetch(SELECT_ATTEMPTS_WITHOUT_IDOP, refdet, since)
        return [attempt_of(row) for row in rows]

    async def any_without_idop(self, connection: Connection, since: datetime) -> bool:
        """Say whether a number of the DGFiP was lost lately."""
        return bool(await connection.fetchval(EXISTS_WITHOUT_IDOP, since))

    async def insert_attempt(self, connection: Connection, attempt: Attempt) -> None:
        """Store an attempt; raise `BillHasLiveAttempt` while another one stands (rule 1)."""
        bill = attempt.bill
        try:
            async with naming_constraints():
                await connection.execute(
                    INSERT_ATTEMPT,
                    attempt.id,
                    attempt.debt_id,
                    attempt.payer_id,
                    bill.regie_id,
                    bill.exer,
                    bill.refdet,
                    attempt.mode,
                    attempt.numcli,
                    attempt.amount_cents,
                    attempt.objet,
                    attempt.saisie,
                    attempt.state,
                    attempt.created_at,
                    attempt.token_hash,
                    attempt.idop,
                    attempt.result,
                    attempt.authorisation,
                    attempt.transacted_at,
                    attempt.returned_at,
                    attempt.looked_up_at,
                    attempt.next_look_up_at,
                )
        except ConstraintViolated as violated:
            if violated.name == "uq__payment_attempts__live_bill":
                raise BillHasLiveAttempt from None
            raise

    async def update_attempt(self, connection: Connection, attempt: Attempt) -> None:
        """Write what changes in an attempt whose bill is locked."""
        await connection.execute(
            UPDATE_ATTEMPT,
            attempt.id,
            attempt.state,
            attempt.idop,
            attempt.result,
            attempt.authorisation,
            attempt.transacted_at,
            attempt.returned_at,
            attempt.looked_up_at,
            attempt.next_look_up_at,
        )

    async def update_due(self, connection: Connection, attempt_id: UUID, at: datetime) -> None:
        """Put an attempt on the schedule, unless it is paid."""
        await connection.execute(UPDATE_DUE, attempt_id, at)

    async def claim_due(
        self, connection: Connection, now: datetime, until: datetime, limit: int
    ) -> list[Attempt]:
        """Take attempts that are due; nobody else takes them before `until`."""
        claimed = await connection.fetch(CLAIM_DUE, now, until, limit)
        ids = [row["id"] for row in claimed]
        rows = await connection.fetch(SELECT_ATTEMPTS_BY_ID, ids)
        return [attempt_of(row) for row in rows]
