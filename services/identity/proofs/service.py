"""Use cases of proofs: give a secret out, take it back once."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.clock import Clock, IdSource, hash_secret
from chassis.database import Connection, Row
from chassis.keyring import DataKey
from services.identity.proofs.model import LIFETIMES, MAX_ATTEMPTS, Proof, ProofRefused, Purpose
from services.identity.proofs.repository import ProofRepository, StoredProof

KEPT = timedelta(days=1)


class ProofService:
    """The secrets given out."""

    def __init__(self, key: DataKey, clock: Clock) -> None:
        self._key = key
        self._clock = clock
        self._ids = IdSource()
        self._proofs = ProofRepository()

    async def issue(
        self,
        connection: Connection,
        purpose: Purpose,
        account_id: UUID | None,
        content: Mapping[str, Any] | None = None,
    ) -> str:
        """Return a new secret of 256 bits, good once for its purpose (ASVS 6.5)."""
        secret, proof_id, now = self._ids.new_secret(), self._ids.new_id(), self._clock.now()
        sealed = self._key.seal(json.dumps(content or {}).encode(), f"proofs:{proof_id}")
        hashed = hash_secret(secret)
        stored = StoredProof(
            proof_id, purpose, hashed, account_id, sealed, now, now + LIFETIMES[purpose]
        )
        await self._proofs.insert_proof(connection, stored)
        return secret

    async def redeem(self, connection: Connection, purpose: Purpose, secret: str) -> Proof:
        """Use a secret up and return what it proves, or raise `ProofRefused`."""
        now = self._clock.now()
        row = await self._proofs.use_proof(connection, purpose, hash_secret(secret), now)
        return self._proof(purpose, row)

    async def look_at(self, connection: Connection, purpose: Purpose, secret: str) -> Proof:
        """Return what a secret proves without using it up, or raise `ProofRefused`."""
        now = self._clock.now()
        row = await self._proofs.find_proof(connection, purpose, hash_secret(secret), now)
        return self._proof(purpose, row)

    async def attempt(self, connection: Connection, purpose: Purpose, secret: str) -> Proof:
        """Count a try of something with this secret: MAX_ATTEMPTS, then `ProofRefused`."""
        hashed, now = hash_secret(secret), self._clock.now()
        row = await self._proofs.attempt_proof(connection, purpose, hashed, now, MAX_ATTEMPTS)
        return self._proof(purpose, row)

    async def revoke(self, connection: Connection, account_id: UUID, *purposes: Purpose) -> None:
        """Make what an account was given for these purposes good for nothing."""
        await self._proofs.revoke_proofs(
            connection, account_id, list(purposes or Purpose), self._clock.now()
        )

    async def count_since(
        self, connection: Connection, account_id: UUID, purpose: Purpose, period: timedelta
    ) -> int:
        """Return how many secrets an account was given for a purpose in the last `period`."""
        since = self._clock.now() - period
        return await self._proofs.count_issued(connection, account_id, purpose, since)

    async def forget_expired(self, connection: Connection) -> None:
        """Delete those that ended a day ago or more."""
        await self._proofs.delete_expired(connection, self._clock.now() - KEPT)

    def _proof(self, purpose: Purpose, row: Row | None) -> Proof:
        if row is None:
            raise ProofRefused
        content = json.loads(self._key.open(row["content"], f"proofs:{row['id']}"))
        return Proof(row["id"], purpose, row["account_id"], content)
