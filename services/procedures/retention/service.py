"""Use case of retention: destroy on the announced day; run again it does nothing more."""

from uuid import UUID

from chassis.blobs import BlobStore
from services.procedures.lifecycle.service import LifecycleService
from services.procedures.retention.repository import RetentionRepository

BATCH = 200


class RetentionService:
    """Destroys the personal data of requests; their number, dates and outcome stay."""

    def __init__(self, lifecycle: LifecycleService, blobs: BlobStore) -> None:
        self._lifecycle = lifecycle
        self._database = lifecycle.requests.database
        self._blobs = blobs
        self._repository = RetentionRepository()

    async def erase_due(self) -> int:
        """Destroy what is due today and before, some at a time; return how many."""
        erased = 0
        while due := await self._due():
            for request_id in due:
                await self._erase(request_id)
            erased += len(due)
        return erased

    async def _due(self) -> list[UUID]:
        async with self._database.connection() as connection:
            return await self._repository.list_due(connection, self._lifecycle.today, BATCH)

    async def _erase(self, request_id: UUID) -> None:
        now = self._lifecycle.requests.clock.now()
        async with self._database.transaction() as connection:
            today = self._lifecycle.today
            if not await self._repository.lock_due(connection, request_id, today):
                return
            blob_keys = await self._repository.erase(connection, request_id, now)
        # their key is destroyed: a crash here leaves unreadable bytes, which the cleaner removes
        for blob_key in blob_keys:
            await self._blobs.delete(blob_key)
