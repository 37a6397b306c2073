"""Proofs in PostgreSQL: hashes of secrets, never the secrets."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.database import Connection, Row
from services.identity.proofs.model import Purpose

INSERT_PROOF = """
INSERT INTO proofs (
    id,
    purpose,
    secret_hash,
    account_id,
    content,
    created_at,
    expires_at
) VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
SELECT_PROOF = """
SELECT
    id,
    account_id,
    content
FROM proofs
WHERE secret_hash = $1
    AND purpose = $2
    AND used_at IS NULL
    AND expires_at > $3
"""
UPDATE_USED = """
UPDATE proofs
SET used_at = $3
WHERE secret_hash = $1
    AND purpose = $2
    AND used_at IS NULL
    AND expires_at > $3
RETURNING
    id,
    account_id,
    content
"""
UPDATE_ATTEMPTED = """
UPDATE proofs
SET attempts = attempts + 1
WHERE secret_hash = $1
    AND purpose = $2
    AND used_at IS NULL
    AND expires_at > $3
    AND attempts < $4
RETURNING
    id,
    account_id,
    content
"""
UPDATE_REVOKED = """
UPDATE proofs
SET used_at = $3
WHERE account_id = $1
    AND purpose = ANY($2::text[])
    AND used_at IS NULL
"""
SELECT_ISSUED = """
SELECT count(*)
FROM proofs
WHERE account_id = $1
    AND purpose = $2
    AND created_at > $3
"""
DELETE_EXPIRED = "DELETE FROM proofs WHERE expires_at < $1"


@dataclass(frozen=True)
class StoredProof:
    """A proof as it is stored: its content sealed."""

    id: UUID
    purpose: Purpose
    secret_hash: bytes
    account_id: UUID | None
    content: bytes
    created_at: datetime
    expires_at: datetime


class ProofRepository:
    """Reads and writes proofs; never commits."""

    async def insert_proof(self, connection: Connection, proof: StoredProof) -> None:
        """Store a proof."""
        await connection.execute(
            INSERT_PROOF,
            proof.id,
            proof.purpose,
            proof.secret_hash,
            proof.account_id,
            proof.content,
            proof.created_at,
            proof.expires_at,
        )

    async def find_proof(
        self, connection: Connection, purpose: Purpose, secret_hash: bytes, at: datetime
    ) -> Row | None:
        """Return a proof that is still good."""
        return await connection.fetchrow(SELECT_PROOF, secret_hash, purpose, at)

    async def use_proof(
        self, connection: Connection, purpose: Purpose, secret_hash: bytes, at: datetime
    ) -> Row | None:
        """Return a proof that is still good, and use it up: of two at once, one gets it."""
        return await connection.fetchrow(UPDATE_USED, secret_hash, purpose, at)

    async def attempt_proof(
        self, connection: Connection, purpose: Purpose, secret_hash: bytes, at: datetime, most: int
    ) -> Row | None:
        """Return a proof that is still good and was not tried `most` times, and count a try."""
        return await connection.fetchrow(UPDATE_ATTEMPTED, secret_hash, purpose, at, most)

    async def revoke_proofs(
        self, connection: Connection, account_id: UUID, purposes: list[Purpose], at: datetime
    ) -> None:
        """Use up what an account was given for these purposes."""
        await connection.execute(UPDATE_REVOKED, account_id, purposes, at)

    async def count_issued(
        self, connection: Connection, account_id: UUID, purpose: Purpose, since: datetime
    ) -> int:
        """Return how many were given out to an account since then."""
        return int(await connection.fetchval(SELECT_ISSUED, account_id, purpose, since))

    async def delete_expired(self, connection: Connection, before: datetime) -> None:
        """Forget those that ended before then."""
        await connection.execute(DELETE_EXPIRED, before)
