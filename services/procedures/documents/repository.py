"""Supporting documents in PostgreSQL; their bytes are in the blob store."""

from typing import Any
from uuid import UUID

from chassis.database import Connection
from chassis.keyring import DataKey
from services.procedures.documents.model import SupportingDocument

INSERT_DOCUMENT = """
INSERT INTO supporting_documents (
    id,
    request_id,
    document_id,
    name,
    media_type,
    size,
    content_hash,
    blob_key,
    uploaded_at,
    pages,
    scan
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""
SELECT_DOCUMENTS = """
SELECT
    id,
    request_id,
    document_id,
    name,
    media_type,
    size,
    content_hash,
    blob_key,
    uploaded_at,
    pages,
    scan
FROM supporting_documents
WHERE request_id = $1
ORDER BY uploaded_at, id
"""
DELETE_DOCUMENT = """
DELETE FROM supporting_documents
WHERE request_id = $1 AND id = $2
RETURNING blob_key
"""
UPDATE_SCAN = """
UPDATE supporting_documents
SET scan = $3
WHERE request_id = $1 AND id = $2 AND scan = 'pending'
"""
SELECT_KNOWN_BLOBS = """
SELECT blob_key
FROM supporting_documents
WHERE blob_key = ANY($1::text[])
"""


class DocumentRepository:
    """Reads and writes the documents of a request; their names are sealed with its key."""

    async def insert_document(
        self, connection: Connection, document: SupportingDocument, key: DataKey
    ) -> None:
        """Store a document's row."""
        await connection.execute(
            INSERT_DOCUMENT,
            document.id,
            document.request_id,
            document.document_id,
            key.seal(document.name.encode(), _context(document.id)),
            document.media_type,
            document.size,
            document.content_hash,
            document.blob_key,
            document.uploaded_at,
            document.pages,
            document.scan,
        )

    async def list_documents(
        self, connection: Connection, request_id: UUID, key: DataKey
    ) -> list[SupportingDocument]:
        """Return a request's documents in the order received."""
        rows = await connection.fetch(SELECT_DOCUMENTS, request_id)
        return [_document(row, key) for row in rows]

    async def delete_document(
        self, connection: Connection, request_id: UUID, file_id: UUID
    ) -> str | None:
        """Remove a document's row and return its blob's key, or None when there is none."""
        found = await connection.fetchval(DELETE_DOCUMENT, request_id, file_id)
        return str(found) if found is not None else None

    async def update_scan(
        self, connection: Connection, request_id: UUID, file_id: UUID, verdict: str
    ) -> None:
        """Note the antivirus's verdict on a document that waits for it."""
        await connection.execute(UPDATE_SCAN, request_id, file_id, verdict)

    async def known_blobs(self, connection: Connection, keys: list[str]) -> set[str]:
        """Return those of `keys` that a document bears."""
        rows = await connection.fetch(SELECT_KNOWN_BLOBS, keys)
        return {row["blob_key"] for row in rows}


def _context(file_id: UUID) -> str:
    return f"document-name:{file_id}"


def _document(row: Any, key: DataKey) -> SupportingDocument:
    name = key.open(row["name"], _context(row["id"])).decode()
    return SupportingDocument(**{**row, "name": name})
