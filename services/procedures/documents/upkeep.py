"""What is done with documents when nobody is waiting: verdicts that were late."""

from uuid import UUID

from chassis.blobs import BlobStore
from services.procedures.documents.clamav import ClamavScanner
from services.procedures.documents.model import CLEAN, INFECTED, PENDING
from services.procedures.documents.repository import DocumentRepository
from services.procedures.documents.service import document_context
from services.procedures.requests.service import RequestService


class DocumentUpkeep:
    """Jobs of the worker; each may be repeated."""

    def __init__(
        self, requests: RequestService, blobs: BlobStore, scanner: ClamavScanner | None
    ) -> None:
        self._requests = requests
        self._blobs = blobs
        self._scanner = scanner
        self._repository = DocumentRepository()

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
