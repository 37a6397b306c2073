"""Destroys what a request holds of a person, in PostgreSQL; what is left names nobody."""

from datetime import date, datetime
from uuid import UUID

from chassis.database import Connection

SELECT_DUE = """
SELECT id
FROM requests
WHERE erase_on <= $1
    AND erased_at IS NULL
ORDER BY erase_on
LIMIT $2
"""
SELECT_STILL_DUE = """
SELECT id
FROM requests
WHERE id = $1
    AND erase_on <= $2
    AND erased_at IS NULL
FOR UPDATE
"""
DELETE_DOCUMENTS = "DELETE FROM supporting_documents WHERE request_id = $1 RETURNING blob_key"
DELETE_MESSAGES = "DELETE FROM request_messages WHERE request_id = $1"
DELETE_NOTES = "DELETE FROM request_notes WHERE request_id = $1"
DELETE_NAMES = "DELETE FROM request_names WHERE request_id = $1"
DELETE_CORRECTIONS = "DELETE FROM request_corrections WHERE request_id = $1"
DELETE_READINGS = "DELETE FROM request_readings WHERE request_id = $1"
DELETE_LETTERS = "DELETE FROM decision_letters WHERE request_id = $1"
DELETE_ACKNOWLEDGEMENT = "DELETE FROM acknowledgements WHERE request_id = $1"
UPDATE_EVENTS = """
UPDATE request_events
SET detail = NULL,
    staff_id = NULL,
    action_key = NULL
WHERE request_id = $1
"""
UPDATE_ERASED = """
UPDATE requests
SET wrapped_key = NULL,
    answers = '',
    account_id = NULL,
    access_key_hash = '',
    tracking_code_hash = '',
    terms = '{}',
    assigned_to = NULL,
    entered_by = NULL,
    erased_at = $2
WHERE id = $1
"""
CLEARINGS = (
    DELETE_MESSAGES,
    DELETE_NOTES,
    DELETE_NAMES,
    DELETE_CORRECTIONS,
    DELETE_READINGS,
    DELETE_LETTERS,
    DELETE_ACKNOWLEDGEMENT,
    UPDATE_EVENTS,
)


class RetentionRepository:
    """Finds what is to be destroyed, and destroys it."""

    async def list_due(self, connection: Connection, today: date, count: int) -> list[UUID]:
        """Return requests whose day has come, the oldest first."""
        return [row["id"] for row in await connection.fetch(SELECT_DUE, today, count)]

    async def lock_due(self, connection: Connection, request_id: UUID, today: date) -> bool:
        """Lock a request; False when it was reopened or destroyed meanwhile."""
        return await connection.fetchval(SELECT_STILL_DUE, request_id, today) is not None

    async def erase(self, connection: Connection, request_id: UUID, at: datetime) -> list[str]:
        """Destroy the key, then everything that it sealed; return the keys of the blobs left."""
        rows = await connection.fetch(DELETE_DOCUMENTS, request_id)
        for statement in CLEARINGS:
            await connection.execute(statement, request_id)
        await connection.execute(UPDATE_ERASED, request_id, at)
        return [row["blob_key"] for row in rows]
