"""Issued acknowledgements of payment in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from chassis.database import Connection

INSERT_RECEIPT = """
INSERT INTO payment_acknowledgements (attempt_id, pdf, content_hash, emitted_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (attempt_id) DO NOTHING
"""
SELECT_PDF = "SELECT pdf FROM payment_acknowledgements WHERE attempt_id = $1"
SELECT_MAILED = "SELECT mailed_at IS NOT NULL FROM payment_acknowledgements WHERE attempt_id = $1"
UPDATE_MAILED = """
UPDATE payment_acknowledgements
SET mailed_at = $2
WHERE attempt_id = $1 AND mailed_at IS NULL
"""


class ReceiptRepository:
    """Reads and writes acknowledgements of payment; the PDF is sealed by the caller."""

    async def insert_receipt(
        self,
        connection: Connection,
        attempt_id: UUID,
        sealed_pdf: bytes,
        content_hash: bytes,
        at: datetime,
    ) -> None:
        """Keep the PDF unless one was issued already: the first is the one."""
        await connection.execute(INSERT_RECEIPT, attempt_id, sealed_pdf, content_hash, at)

    async def find_pdf(self, connection: Connection, attempt_id: UUID) -> bytes | None:
        """Return the sealed PDF that was issued."""
        found: bytes | None = await connection.fetchval(SELECT_PDF, attempt_id)
        return found

    async def was_mailed(self, connection: Connection, attempt_id: UUID) -> bool:
        """Say whether the mail server took it."""
        return bool(await connection.fetchval(SELECT_MAILED, attempt_id))

    async def update_mailed(self, connection: Connection, attempt_id: UUID, at: datetime) -> None:
        """Note that the mail server took it."""
        await connection.execute(UPDATE_MAILED, attempt_id, at)
