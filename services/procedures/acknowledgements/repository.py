"""Issued acknowledgements in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from chassis.database import Connection

INSERT_ACKNOWLEDGEMENT = """
INSERT INTO acknowledgements (request_id, pdf, content_hash, emitted_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (request_id) DO NOTHING
"""
SELECT_PDF = "SELECT pdf FROM acknowledgements WHERE request_id = $1"
SELECT_MAILED = "SELECT mailed_at IS NOT NULL FROM acknowledgements WHERE request_id = $1"
UPDATE_MAILED = """
UPDATE acknowledgements
SET mailed_at = $2
WHERE request_id = $1 AND mailed_at IS NULL
"""


class AcknowledgementRepository:
    """Reads and writes acknowledgements; the PDF is sealed by the caller."""

    async def insert_acknowledgement(
        self,
        connection: Connection,
        request_id: UUID,
        sealed_pdf: bytes,
        content_hash: bytes,
        at: datetime,
    ) -> None:
        """Keep the PDF unless one was issued already: the first is the one."""
        await connection.execute(INSERT_ACKNOWLEDGEMENT, request_id, sealed_pdf, content_hash, at)

    async def find_pdf(self, connection: Connection, request_id: UUID) -> bytes | None:
        """Return the sealed PDF that was issued."""
        found: bytes | None = await connection.fetchval(SELECT_PDF, request_id)
        return found

    async def was_mailed(self, connection: Connection, request_id: UUID) -> bool:
        """Say whether the mail server took the acknowledgement."""
        return bool(await connection.fetchval(SELECT_MAILED, request_id))

    async def update_mailed(self, connection: Connection, request_id: UUID, at: datetime) -> None:
        """Note that the mail server took it."""
        await connection.execute(UPDATE_MAILED, request_id, at)
