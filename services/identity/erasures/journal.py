"""The journal of erasures, outside the database and its backups: one object per account.

A backup made before an erasure still holds the account and its wrapped key: when it is restored,
`replay-erasures` reads this journal and erases again. The journal tells ids and times, no more.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.blobs import BlobStore
from services.identity.erasures.model import Reason

FOLDER = "erasures"


@dataclass(frozen=True)
class Erasure:
    """An account that was erased."""

    account_id: UUID
    erased_at: datetime
    reason: Reason


class ErasureJournal:
    """Writes and reads the journal."""

    def __init__(self, store: BlobStore) -> None:
        self._store = store

    async def write(self, erasure: Erasure) -> None:
        """Keep an erasure; writing it again changes nothing."""
        content = {"erased_at": erasure.erased_at.isoformat(), "reason": erasure.reason}
        await self._store.put(f"{FOLDER}/{erasure.account_id}", json.dumps(content).encode())

    async def read(self) -> AsyncIterator[Erasure]:
        """Yield every erasure."""
        for key in await self._store.keys_under(FOLDER):
            content = json.loads(await self._store.get(key))
            yield Erasure(
                UUID(key.rpartition("/")[2]),
                datetime.fromisoformat(content["erased_at"]),
                Reason(content["reason"]),
            )
