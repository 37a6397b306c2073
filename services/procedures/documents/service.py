"""Use cases of supporting documents: join, list, read, remove."""

import hashlib
from collections.abc import AsyncIterator, Container, Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from chassis.blobs import BlobStore
from chassis.clock import IdSource
from chassis.database import Connection
from chassis.errors import DomainError
from chassis.jobs import enqueue_job
from services.procedures.catalogue.model import DocumentSpec
from services.procedures.documents.clamav import ClamavScanner, ScannerAway
from services.procedures.documents.content_check import refuse_too_large
from services.procedures.documents.inspection import Inspected, inspect_file
from services.procedures.documents.model import (
    CLEAN,
    FILE_KINDS,
    INFECTED,
    MAX_FILES_AFTER_FILING,
    MAX_FILES_PER_DOCUMENT,
    MESSAGE_FILES,
    MESSAGE_SPEC,
    PENDING,
    UNSCANNED,
    DocumentQuarantined,
    DocumentUnknown,
    SupportingDocument,
    clean_name,
    refuse_infected,
    refuse_too_many,
)
from services.procedures.documents.repository import DocumentRepository
from services.procedures.requests.model import Access, Request
from services.procedures.requests.service import RequestService

MEGABYTE = 1_000_000
BLOB_PREFIX = "documents"
SCAN_DOCUMENT = "scan_document"


@dataclass(frozen=True)
class Upload:
    """A file being received; `chunks` are read once and never beyond the limit."""

    name: str
    chunks: AsyncIterator[bytes]


class DocumentService:
    """Keeps the documents of drafts; bytes are sealed before they leave the process."""

    def __init__(
        self,
        requests: RequestService,
        blobs: BlobStore,
        ids: IdSource,
        scanner: ClamavScanner | None = None,
    ) -> None:
        self._scanner = scanner
        self._requests = requests
        self._blobs = blobs
        self._ids = ids
        self._repository = DocumentRepository()

    async def join_document(
        self,
        request_id: UUID,
        access: Access,
        document_id: str,
        upload: Upload,
        *,
        after_filing: bool = False,
    ) -> SupportingDocument:
        """Check and keep one file; raise `DocumentRefused` with the reason.

        The same bytes sent again for the same document are the file that is there already.
        `after_filing` joins to a filed request a document that its service asked for, or (as
        `MESSAGE_FILES`) what goes with a message; otherwise only a draft takes documents.
        """
        request = await self._requests.open_request(request_id, access)
        if request.is_draft and after_filing:
            raise DocumentUnknown
        spec = MESSAGE_SPEC if after_filing and document_id == MESSAGE_FILES else None
        spec = spec or await self._spec(request, document_id)
        content = await _read(upload.chunks, spec.max_megabytes, request.language)
        inspected = await inspect_file(content, spec, request.language)
        document = self._described(request, spec, upload.name, inspected, content)
        document = replace(document, scan=await self._verdict(content, request.language))
        key = self._requests.seal.key(request.id, request.wrapped_key)
        # the blob first: a row never names a file that is not there
        await self._blobs.put(
            document.blob_key, key.seal(inspected.content, document_context(document.id))
        )
        try:
            kept = await self._insert(document, access, after_filing)
        except DomainError:
            # after any other failure the row may be there: the blob stays, the cleaner will tell
            await self._blobs.delete(document.blob_key)
            raise
        if kept.id != document.id:
            await self._blobs.delete(document.blob_key)
        return kept

    async def _verdict(self, content: bytes, language: str) -> str:
        if self._scanner is None:
            return UNSCANNED
        try:
            infected = await self._scanner.is_infected(content)
        except ScannerAway:
            return PENDING
        if infected:
            raise refuse_infected(language)
        return CLEAN

    async def list_documents(self, request: Request) -> list[SupportingDocument]:
        """Return the documents of a request that the caller has opened."""
        async with self._requests.database.connection() as connection:
            return await self.list_in(connection, request)

    async def list_in(self, connection: Connection, request: Request) -> list[SupportingDocument]:
        """Return the documents of a request, within a transaction."""
        key = self._requests.seal.key(request.id, request.wrapped_key)
        return await self._repository.list_documents(connection, request.id, key)

    async def read_document(
        self, request_id: UUID, access: Access, file_id: UUID
    ) -> tuple[SupportingDocument, bytes]:
        """Return a document and its bytes, or raise `DocumentUnknown`."""
        request = await self._requests.open_request(request_id, access)
        found = [file for file in await self.list_documents(request) if file.id == file_id]
        if not found or found[0].scan == INFECTED:
            raise DocumentUnknown
        if found[0].scan == PENDING:
            raise DocumentQuarantined("The file is being checked for viruses.")
        key = self._requests.seal.key(request.id, request.wrapped_key)
        sealed = await self._blobs.get(found[0].blob_key)
        return found[0], key.open(sealed, document_context(file_id))

    async def remove_document(self, request_id: UUID, access: Access, file_id: UUID) -> None:
        """Remove a document from a draft; removing it twice is no error."""
        async with self._requests.locked_draft(request_id, access) as (connection, _):
            blob_key = await self._repository.delete_document(connection, request_id, file_id)
        if blob_key is not None:
            await self._blobs.delete(blob_key)

    async def drop_unasked(
        self, connection: Connection, request: Request, asked: Container[str]
    ) -> list[str]:
        """Drop a locked draft's documents that are no longer asked for; return their blobs."""
        files = await self.list_in(connection, request)
        gone = [file for file in files if file.document_id not in asked]
        for file in gone:
            await self._repository.delete_document(connection, request.id, file.id)
        return [file.blob_key for file in gone]

    async def forget_files(self, blob_keys: Iterable[str]) -> None:
        """Remove the bytes of documents dropped; a crash before leaves orphans, removed later."""
        for blob_key in blob_keys:
            await self._blobs.delete(blob_key)

    async def _spec(self, request: Request, document_id: str) -> DocumentSpec:
        definition = await self._requests.definition_of(request)
        spec = definition.find_document(document_id)
        if spec is None:
            raise DocumentUnknown
        return spec

    async def _insert(
        self, document: SupportingDocument, access: Access, after_filing: bool
    ) -> SupportingDocument:
        """Return the row that counts: the one just written, or that of the same bytes before."""
        locked = self._requests.locked_request if after_filing else self._requests.locked_draft
        limit = MAX_FILES_AFTER_FILING if after_filing else MAX_FILES_PER_DOCUMENT
        async with locked(document.request_id, access) as (connection, request):
            present = await self.list_in(connection, request)
            same = [file for file in present if file.document_id == document.document_id]
            for file in same:
                if file.content_hash == document.content_hash and file.counts:
                    return file
            if len(same) >= limit:
                raise refuse_too_many(request.language, limit)
            key = self._requests.seal.key(request.id, request.wrapped_key)
            await self._repository.insert_document(connection, document, key)
            if document.scan == PENDING:
                names = {"request_id": str(document.request_id), "file_id": str(document.id)}
                await enqueue_job(connection, SCAN_DOCUMENT, names)
        return document

    def _described(
        self, request: Request, spec: DocumentSpec, name: str, inspected: Inspected, content: bytes
    ) -> SupportingDocument:
        file_id = self._ids.new_id()
        return SupportingDocument(
            id=file_id,
            request_id=request.id,
            document_id=spec.id,
            name=clean_name(name, inspected.kind),
            media_type=FILE_KINDS[inspected.kind][1],
            size=len(inspected.content),
            content_hash=hashlib.sha256(content).digest(),
            blob_key=f"{BLOB_PREFIX}/{request.id}/{file_id}",
            uploaded_at=self._requests.clock.now(),
            pages=inspected.pages,
        )


async def _read(chunks: AsyncIterator[bytes], limit_megabytes: int, language: str) -> bytes:
    content = bytearray()
    async for chunk in chunks:
        content += chunk
        if len(content) > limit_megabytes * MEGABYTE:
            raise refuse_too_large(limit_megabytes, language)
    return bytes(content)


def document_context(file_id: UUID) -> str:
    """Return what the seal of a document's bytes is bound to."""
    return f"document:{file_id}"
