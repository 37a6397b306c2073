"""Use cases of heads: publish today's, list them, compare the trail with them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date
from typing import Any

from chassis.audit import AuditFault
from chassis.caller import CallerSigner, SignatureChecker
from chassis.clock import Clock
from chassis.database import Connection, Database
from chassis.errors import NotAuthenticated
from services.legal.heads.model import (
    PROOF_KIND,
    PublishedHead,
    head_claims,
    kept_faults,
    proof_faults,
    trail_faults,
)
from services.legal.heads.repository import HeadRepository


class HeadService:
    """The heads of the audit trail, one a day."""

    def __init__(self, database: Database, signer: CallerSigner, clock: Clock) -> None:
        self._database = database
        self._signer = signer
        self._clock = clock
        self._heads = HeadRepository()

    async def publish_head(self) -> tuple[PublishedHead, bool]:
        """Publish the head of today (UTC) unless it is; return it, and whether it was new.

        It is signed with the service's key, which no administrator of the database holds, and
        names the head before it: neither can be rewritten, nor one taken away, unseen.
        """
        now = self._clock.now()
        day = now.astimezone(UTC).date()
        async with self._database.transaction() as connection:
            known = await self._heads.find_head(connection, day)
            if known is not None:
                return known, False
            previous = await self._heads.list_heads(connection, day, 1)
            head = await self._heads.find_trail_head(connection)
            claims = head_claims(head, now, previous[0] if previous else None)
            wished = PublishedHead(day, head, now, self._signer.sign(claims, PROOF_KIND))
            made = await self._heads.insert_head(connection, wished)
            # another process may have published it meanwhile: the stored one counts
            stored = await self._heads.find_head(connection, day)
        return stored or wished, made

    async def list_heads(self, before: date | None, limit: int) -> list[PublishedHead]:
        """Return published heads, latest first."""
        async with self._database.connection() as connection:
            return await self._heads.list_heads(connection, before, limit)


async def find_head_faults(
    connection: Connection, checker: SignatureChecker, kept: Sequence[PublishedHead] = ()
) -> list[AuditFault]:
    """Return where heads or trail were rewritten; `kept` are heads copied elsewhere."""
    repository = HeadRepository()
    stored = list(reversed(await repository.list_heads(connection, None, None)))
    entries = (await repository.find_trail_head(connection)).position
    vouching = sorted({*stored, *kept}, key=lambda one: (one.head.position, one.day))
    hashes = await repository.list_hashes(connection, [one.head.position for one in vouching])
    claims = {one.day: _claims(checker, one.proof) for one in stored}
    return [
        *proof_faults(stored, claims),
        *kept_faults(kept, stored),
        *trail_faults(vouching, hashes, entries),
    ]


def _claims(checker: SignatureChecker, proof: str) -> Mapping[str, Any] | None:
    try:
        return checker.claims(proof, PROOF_KIND)
    except NotAuthenticated:
        return None
