"""Destroys what payments hold of a person, in PostgreSQL; the accounts stay, and name nobody."""

from datetime import datetime
from uuid import UUID

from chassis.database import Connection

# what stays open, or waits for a refund, is kept however old it is
SELECT_DUE = """
SELECT id
FROM payers
WHERE wrapped_key IS NOT NULL
    AND created_at < $2
    AND NOT EXISTS (
        SELECT 1
        FROM payment_attempts
        LEFT JOIN credits ON credits.attempt_id = payment_attempts.id
        LEFT JOIN refunds ON refunds.attempt_id = payment_attempts.id
        WHERE payment_attempts.payer_id = payers.id
            AND (
                payment_attempts.created_at >= $2
                OR payment_attempts.state IN
                    ('started', 'unknown', 'open', 'declared', 'disputed')
                OR refunds.state = 'queued'
                OR credits.credited_at >= $1
            )
    )
ORDER BY created_at
LIMIT $3
FOR UPDATE SKIP LOCKED
"""
DELETE_ACKNOWLEDGEMENTS = """
DELETE FROM payment_acknowledgements
USING payment_attempts
WHERE payment_attempts.id = payment_acknowledgements.attempt_id
    AND payment_attempts.payer_id = ANY($1::uuid[])
"""
UPDATE_ERASED = """
UPDATE payers
SET wrapped_key = NULL,
    email = '',
    account_id = NULL,
    access_key_hash = '',
    terms = NULL
WHERE id = ANY($1::uuid[])
"""


class PaymentRetentionRepository:
    """Finds payers whose time has come, and destroys what is known of them; never commits."""

    async def list_due(
        self, connection: Connection, paid_before: datetime, unpaid_before: datetime, limit: int
    ) -> list[UUID]:
        """Lock and return payers whose last payment, or last try, is older than that."""
        rows = await connection.fetch(SELECT_DUE, paid_before, unpaid_before, limit)
        return [row["id"] for row in rows]

    async def erase(self, connection: Connection, payer_ids: list[UUID]) -> None:
        """Destroy their keys, addresses, accounts, secrets and acknowledgements."""
        await connection.execute(DELETE_ACKNOWLEDGEMENTS, payer_ids)
        await connection.execute(UPDATE_ERASED, payer_ids)
