"""Credentials in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from chassis.database import Connection, Row
from services.identity.accounts.model import State
from services.identity.credentials.model import Credential

SELECT_BY_IDENTIFIER = """
SELECT
    accounts.id,
    accounts.state,
    credentials.password_hash,
    EXISTS (
        SELECT
        FROM second_factors
        WHERE second_factors.account_id = accounts.id
            AND second_factors.confirmed_at IS NOT NULL
    ) AS has_second_factor
FROM accounts
JOIN credentials ON credentials.account_id = accounts.id
WHERE accounts.identifier_digest = $1
    AND accounts.state <> 'erased'
"""
SELECT_BY_ACCOUNT = """
SELECT
    accounts.id,
    accounts.state,
    credentials.password_hash,
    false AS has_second_factor
FROM accounts
LEFT JOIN credentials ON credentials.account_id = accounts.id
WHERE accounts.id = $1
    AND accounts.state <> 'erased'
"""
SELECT_HAS_PASSWORD = "SELECT EXISTS (SELECT FROM credentials WHERE account_id = $1)"  # noqa: S105
UPSERT_CREDENTIAL = """
INSERT INTO credentials (
    account_id,
    password_hash,
    changed_at
) VALUES ($1, $2, $3)
ON CONFLICT (account_id) DO UPDATE
SET password_hash = excluded.password_hash,
    changed_at = excluded.changed_at
"""
UPDATE_HASH = """
UPDATE credentials
SET password_hash = $3
WHERE account_id = $1
    AND password_hash = $2
"""


class CredentialRepository:
    """Reads and writes password hashes; never commits."""

    async def find_credential(
        self, connection: Connection, identifier_digest: bytes
    ) -> Credential | None:
        """Return what to check a sign-in against, in one query whether it is known or not."""
        return _credential(await connection.fetchrow(SELECT_BY_IDENTIFIER, identifier_digest))

    async def find_own(self, connection: Connection, account_id: UUID) -> Credential | None:
        """Return what to check the password of somebody who is signed in against.

        The hash is '' when the account has no password.
        """
        return _credential(await connection.fetchrow(SELECT_BY_ACCOUNT, account_id))

    async def has_password(self, connection: Connection, account_id: UUID) -> bool:
        """Say whether an account has a password."""
        return bool(await connection.fetchval(SELECT_HAS_PASSWORD, account_id))

    async def update_credential(
        self, connection: Connection, account_id: UUID, password_hash: str, at: datetime
    ) -> None:
        """Store a new password, the first or another."""
        await connection.execute(UPSERT_CREDENTIAL, account_id, password_hash, at)

    async def update_hash(
        self, connection: Connection, account_id: UUID, former: str, password_hash: str
    ) -> None:
        """Store another hash of the same password, unless the password changed meanwhile."""
        await connection.execute(UPDATE_HASH, account_id, former, password_hash)


def _credential(row: Row | None) -> Credential | None:
    if row is None:
        return None
    return Credential(
        row["id"], row["password_hash"] or "", State(row["state"]), row["has_second_factor"]
    )
