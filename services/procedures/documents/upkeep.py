"""What is done with documents when nobody is waiting: late verdicts, files left alone."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from chassis.blobs import BlobStore
from services.procedures.documents.clamav import ClamavScanner
from services.procedures.documents.model import CLEAN, INFECTED, PENDING
from services.procedures.documents.repository import DocumentRepository
from services.procedures.documents.service import BLOB_PREFIX, document_context
from services.procedures.requests.service import RequestService

ORPHAN_AGE = timedelta(days=1)
BATCH = 500


class DocumentUpkeep:
    """Jobs of the worker; each may be repeated."""

    def __init__(
        self, requests: RequestService, blobs: BlobStore, scanner: ClamavScanner | None
    ) -> None:
        self._requests = requests
        self._blobs = blobs
        self._scanner = scanner
        self._repository = DocumentRepository()

    async def remove_orphans(self) -> int:
        """Remove files that no document bears, a day after they were made; return how many.

        A crash between the writing of a file and that of its row leaves one.
        """
        eldest = self._requests.clock.now() - ORPHAN_AGE
        keys = [key for key in await self._blobs.keys_under(BLOB_PREFIX) if _made_at(key) < eldest]
        removed = 0
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH]
            async with self._requests.database.connection() as connection:
                known = await self._repository.known_blobs(connection, batch)
            for key in sorted(set(batch) - known):
                await self._blobs.delete(key)
                removed += 1
        return removed

    async def scan_pending(self, request_id: UUID, file_id: UUID) -> None:
        """Scan a document in quarantine; raise `ScannerAway`, to be tried again, while it must.

        An infected one keeps its row, so that its owner reads why it is gone; its bytes are
        destroyed.
        """
        database = self._requests.database
        async with database.connection() as connection:
            request = await self._requests.repository.find_request(connection, request_id)
            if request is None:
                return
            key = self._requests.seal.key(request.id, request.wrapped_key)
            files = await self._repository.list_documents(connection, request_id, key)
        waiting = [file for file in files if file.id == file_id and file.scan == PENDING]
        if not waiting or self._scanner is None:
            return
        sealed = await self._blobs.get(waiting[0].blob_key)
        infected = await self._scanner.is_infected(key.open(sealed, document_context(file_id)))
        async with database.transaction() as connection:
            verdict = INFECTED if infected else CLEAN
            await self._repository.update_scan(connection, request_id, file_id, verdict)
        if infected:
            await self._blobs.delete(waiting[0].blob_key)


def _made_at(key: str) -> datetime:
    """Return when a file was made, as its UUIDv7 says; one that says nothing is never old."""
    try:
        milliseconds = UUID(key.rpartition("/")[2]).int >> 80
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError):
        return datetime.max.replace(tzinfo=UTC)
