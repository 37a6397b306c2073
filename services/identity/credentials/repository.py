"""Credentials in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from chassis.database import Connection
from services.identity.credentials.model import Credential

SELECT_BY_IDENTIFIER = """
SELECT
    accounts.id,
    accounts.state = 'active' AS active,
    credentials.password_hash
FROM accounts
JOIN credentials ON credentials.account_id = accounts.id
WHERE accounts.identifier_digest = $1
"""
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
        row = await connection.fetchrow(SELECT_BY_IDENTIFIER, identifier_digest)
        return Credential(row["id"], row["password_hash"], row["active"]) if row else None

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
