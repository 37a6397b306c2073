"""Private notes and counter entries in PostgreSQL."""

from collections.abc import Sequence
from uuid import UUID

from chassis.database import Connection
from chassis.keyring import DataKey
from services.procedures.desk.model import Note

INSERT_NOTE = """
INSERT INTO request_notes (
    id,
    request_id,
    written_at,
    staff_id,
    body
) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (id) DO NOTHING
RETURNING id
"""
SELECT_NOTE_OWNER = "SELECT request_id FROM request_notes WHERE id = $1"
SELECT_NOTES = """
SELECT
    id,
    written_at,
    staff_id,
    body
FROM request_notes
WHERE request_id = $1
ORDER BY id
"""
UPDATE_ENTERED = """
UPDATE requests
SET entered_by = $2
WHERE id = $1
    AND entered_by IS NULL
RETURNING id
"""


class DeskRepository:
    """Reads and writes what only the desk sees; notes are sealed with the request's key."""

    async def insert_note(
        self, connection: Connection, request_id: UUID, note: Note, key: DataKey
    ) -> bool:
        """Store a note; return False when its identifier is taken."""
        sealed = key.seal(note.text.encode(), _context(note.id))
        inserted = await connection.fetchval(
            INSERT_NOTE, note.id, request_id, note.at, note.staff_id, sealed
        )
        return inserted is not None

    async def find_note_owner(self, connection: Connection, note_id: UUID) -> UUID | None:
        """Return the request that a note is about."""
        found: UUID | None = await connection.fetchval(SELECT_NOTE_OWNER, note_id)
        return found

    async def list_notes(
        self, connection: Connection, request_id: UUID, key: DataKey
    ) -> Sequence[Note]:
        """Return the notes about a request, oldest first."""
        rows = await connection.fetch(SELECT_NOTES, request_id)
        return [
            Note(
                row["id"],
                row["written_at"],
                row["staff_id"],
                key.open(row["body"], _context(row["id"])).decode(),
            )
            for row in rows
        ]

    async def update_entered(
        self, connection: Connection, request_id: UUID, staff_id: UUID
    ) -> bool:
        """Note who began a request at the counter; False when it was noted already."""
        return await connection.fetchval(UPDATE_ENTERED, request_id, staff_id) is not None


def _context(note_id: UUID) -> str:
    return f"note:{note_id}"
