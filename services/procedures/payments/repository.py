"""Debts and their payers in PostgreSQL."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.database import Connection
from services.procedures.payments.model import Bill, Debt, Payer
from services.procedures.payments.rows import debt_of, payer_of

LOCK_BILL = "SELECT pg_advisory_xact_lock(hashtextextended($1, 7))"
SELECT_DEBTS = """
SELECT
    id,
    source,
    procedure_id,
    regie_id,
    exer,
    refdet,
    amount_cents,
    objet,
    state,
    request_id,
    created_at
FROM debts
"""
SELECT_DEBT = SELECT_DEBTS + "WHERE id = $1"
SELECT_DEBT_OF_REQUEST = SELECT_DEBTS + "WHERE request_id = $1"
SELECT_DEBTS_OF_BILL = (
    SELECT_DEBTS
    + """
WHERE regie_id = $1 AND exer = $2 AND refdet = $3
ORDER BY created_at, id
"""
)
INSERT_DEBT = """
INSERT INTO debts (
    id,
    source,
    procedure_id,
    regie_id,
    exer,
    refdet,
    amount_cents,
    objet,
    state,
    request_id,
    created_at
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT ON CONSTRAINT uq__debts__bill DO NOTHING
RETURNING id
"""
UPDATE_DEBT_STATE = "UPDATE debts SET state = $2 WHERE id = $1"
SELECT_PAYERS = """
SELECT
    id,
    debt_id,
    access_key_hash,
    account_id,
    wrapped_key,
    email,
    language,
    created_at
FROM payers
"""
SELECT_PAYER = SELECT_PAYERS + "WHERE id = $1"
SELECT_PAYERS_OF_ACCOUNT = (
    SELECT_PAYERS
    + """
WHERE account_id = $1 AND id < $2
ORDER BY id DESC
LIMIT $3
"""
)
INSERT_PAYER = """
INSERT INTO payers (
    id,
    debt_id,
    access_key_hash,
    account_id,
    wrapped_key,
    email,
    language,
    created_at,
    terms
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (id) DO NOTHING
"""


class PaymentRepository:
    """Reads and writes debts and payers; the bill's lock orders the writers."""

    async def lock_bill(self, connection: Connection, bill: Bill) -> None:
        """Keep every other writer of the bill waiting until the commit."""
        await connection.execute(LOCK_BILL, f"{bill.regie_id}/{bill.exer}/{bill.refdet}")

    async def find_debt(self, connection: Connection, debt_id: UUID) -> Debt | None:
        """Return the debt."""
        row = await connection.fetchrow(SELECT_DEBT, debt_id)
        return debt_of(row) if row is not None else None

    async def find_debt_of_request(self, connection: Connection, request_id: UUID) -> Debt | None:
        """Return the debt that is the fee of a request."""
        row = await connection.fetchrow(SELECT_DEBT_OF_REQUEST, request_id)
        return debt_of(row) if row is not None else None

    async def list_debts(self, connection: Connection, bill: Bill) -> list[Debt]:
        """Return the debts of a bill, oldest first: one an amount."""
        rows = await connection.fetch(SELECT_DEBTS_OF_BILL, bill.regie_id, bill.exer, bill.refdet)
        return [debt_of(row) for row in rows]

    async def insert_debt(self, connection: Connection, debt: Debt) -> bool:
        """Store a debt; return False when its bill and amount are known already."""
        bill = debt.bill
        inserted = await connection.fetchval(
            INSERT_DEBT,
            debt.id,
            debt.source,
            debt.procedure_id,
            bill.regie_id,
            bill.exer,
            bill.refdet,
            debt.amount_cents,
            debt.objet,
            debt.state,
            debt.request_id,
            debt.created_at,
        )
        return inserted is not None

    async def update_debt_state(self, connection: Connection, debt_id: UUID, state: str) -> None:
        """Write the state of a debt whose bill is locked."""
        await connection.execute(UPDATE_DEBT_STATE, debt_id, state)

    async def find_payer(self, connection: Connection, payer_id: UUID) -> Payer | None:
        """Return the payer."""
        row = await connection.fetchrow(SELECT_PAYER, payer_id)
        return payer_of(row) if row is not None else None

    async def list_payers(
        self, connection: Connection, account_id: UUID, before: UUID, limit: int
    ) -> list[Payer]:
        """Return an account's dealings, the newest first."""
        rows = await connection.fetch(SELECT_PAYERS_OF_ACCOUNT, account_id, before, limit)
        return [payer_of(row) for row in rows]

    async def insert_payer(
        self, connection: Connection, payer: Payer, terms: Mapping[str, Any] | None
    ) -> None:
        """Store a payer, unless there is one of that id."""
        await connection.execute(
            INSERT_PAYER,
            payer.id,
            payer.debt_id,
            payer.access_key_hash,
            payer.account_id,
            payer.wrapped_key,
            payer.sealed_email,
            payer.language,
            payer.created_at,
            dict(terms) if terms is not None else None,
        )
