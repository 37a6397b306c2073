"""Erasures in PostgreSQL: what is destroyed, and the journal of it."""

from datetime import datetime
from uuid import UUID

from chassis.database import Connection
from services.identity.erasures.model import Reason

# without its wrapped key nothing that the account sealed can ever be read
UPDATE_ERASED = """
UPDATE accounts
SET state = 'erased',
    wrapped_key = NULL,
    profile = NULL,
    email_digest = NULL,
    registration_hash = NULL,
    roles = '{}',
    erasure_due_at = NULL,
    session_epoch = session_epoch + 1
WHERE id = $1
    AND state <> 'erased'
RETURNING session_epoch
"""
DELETE_CREDENTIALS = "DELETE FROM credentials WHERE account_id = $1"
DELETE_PROOFS = "DELETE FROM proofs WHERE account_id = $1"
DELETE_FACTORS = "DELETE FROM second_factors WHERE account_id = $1"
DELETE_CODES = "DELETE FROM recovery_codes WHERE account_id = $1"
DELETE_FIELDS = "DELETE FROM profile_fields WHERE account_id = $1"
DELETE_FAVOURITES = "DELETE FROM favourites WHERE account_id = $1"
DELETE_LINKS = "DELETE FROM federated_links WHERE account_id = $1"
DELETE_REFUSALS = "DELETE FROM federated_refusals WHERE account_id = $1"
DELETE_PIVOT = "DELETE FROM profile_pivots WHERE account_id = $1"
DELETE_EMAIL_CHANGES = "DELETE FROM email_changes WHERE account_id = $1"
DELETE_COPIES = "DELETE FROM data_copies WHERE account_id = $1"
DELETIONS = (
    DELETE_CREDENTIALS,
    DELETE_PROOFS,
    DELETE_FACTORS,
    DELETE_CODES,
    DELETE_FIELDS,
    DELETE_FAVOURITES,
    DELETE_LINKS,
    DELETE_REFUSALS,
    DELETE_PIVOT,
    DELETE_EMAIL_CHANGES,
    DELETE_COPIES,
)
INSERT_ERASURE = """
INSERT INTO erasures (
    account_id,
    erased_at,
    reason
) VALUES ($1, $2, $3)
ON CONFLICT (account_id) DO NOTHING
"""


class ErasureRepository:
    """Destroys; never commits."""

    async def erase(
        self, connection: Connection, account_id: UUID, at: datetime, reason: Reason
    ) -> int | None:
        """Destroy what an account holds; None when there is nothing to destroy.

        Its identifier's digest stays: the identifier is never given again (ACC-02).
        """
        epoch: int | None = await connection.fetchval(UPDATE_ERASED, account_id)
        if epoch is None:
            return None
        for statement in DELETIONS:
            await connection.execute(statement, account_id)
        await connection.execute(INSERT_ERASURE, account_id, at, reason)
        return epoch
