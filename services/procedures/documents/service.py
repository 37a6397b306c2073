"""Use cases of supporting documents: join, list, read, remove."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from chassis.blobs import BlobStore
from chassis.clock import IdSource
from chassis.database import Connection
from services.procedures.catalogue.model import DocumentSpec
from services.procedures.documents.content_check import file_kind, refuse_too_large
from services.procedures.documents.model import (
    FILE_KINDS,
    MAX_FILES_PER_DOCUMENT,
    DocumentUnknown,
    SupportingDocument,
    clean_name,
    refuse_too_many,
)
from services.procedures.documents.repository import DocumentRepository
from services.procedures.requests.model import Access, Request
from services.procedures.requests.service import RequestService

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Upload:
    """A file being received; `chunks` are read once and never beyond the limit."""

    name: str
    chunks: AsyncIterator[bytes]


class DocumentService:
    """Keeps the documents of drafts; bytes are sealed before they leave the process."""

    def __init__(self, requests: RequestService, blobs: BlobStore, ids: IdSource) -> None:
        self._requests = requests
        self._blobs = blobs
        self._ids = ids
        self._repository = DocumentRepository()

    async def join_document(
        self, request_id: UUID, access: Access, document_id: str, upload: Upload
    ) -> SupportingDocument:
        """Check and keep one file; raise `DocumentRefused` with the reason."""
        request = await self._requests.open_request(request_id, access)
        spec = await self._spec(request, document_id)
        content = await _read(upload.chunks, spec.max_megabytes, request.language)
        kind = file_kind(content, spec.types, request.language)
        document = self._described(request, spec, clean_name(upload.name, kind), kind, content)
        key = self._requests.seal.key(request.id, request.wrapped_key)
        # the blob first: a row never names a file that is not there
        await self._blobs.put(document.blob_key, key.seal(content, _context(document.id)))
        try:
            await self._insert(document, access)
        except BaseException:
            await self._blobs.delete(document.blob_key)
            raise
        return document

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
        if not found:
            raise DocumentUnknown
        key = self._requests.seal.key(request.id, request.wrapped_key)
        sealed = await self._blobs.get(found[0].blob_key)
        return found[0], key.open(sealed, _context(file_id))

    async def remove_document(self, request_id: UUID, access: Access, file_id: UUID) -> None:
        """Remove a document from a draft; removing it twice is no error."""
        async with self._requests.locked_draft(request_id, access) as (connection, _):
            blob_key = await self._repository.delete_document(connection, request_id, file_id)
        if blob_key is not None:
            await self._blobs.delete(blob_key)

    async def _spec(self, request: Request, document_id: str) -> DocumentSpec:
        definition = await self._requests.definition_of(request)
        spec = definition.find_document(document_id)
        if spec is None:
            raise DocumentUnknown
        return spec

    async def _insert(self, document: SupportingDocument, access: Access) -> None:
        async with self._requests.locked_draft(document.request_id, access) as (
            connection,
            request,
        ):
            present = await self.list_in(connection, request)
            same = [file for file in present if file.document_id == document.document_id]
            if len(same) >= MAX_FILES_PER_DOCUMENT:
                raise refuse_too_many(request.language)
            key = self._requests.seal.key(request.id, request.wrapped_key)
            await self._repository.insert_document(connection, document, key)

    def _described(
        self, request: Request, spec: DocumentSpec, name: str, kind: str, content: bytes
    ) -> SupportingDocument:
        file_id = self._ids.new_id()
        return SupportingDocument(
            id=file_id,
            request_id=request.id,
            document_id=spec.id,
            name=name,
            media_type=FILE_KINDS[kind][1],
            size=len(content),
            content_hash=hashlib.sha256(content).digest(),
            blob_key=f"documents/{request.id}/{file_id}",
            uploaded_at=self._requests.clock.now(),
        )


async def _read(chunks: AsyncIterator[bytes], limit_megabytes: int, language: str) -> bytes:
    content = bytearray()
    async for chunk in chunks:
        content += chunk
        if len(content) > limit_megabytes * MEGABYTE:
            raise refuse_too_large(limit_megabytes, language)
    return bytes(content)


def _context(file_id: UUID) -> str:
    return f"document:{file_id}"
