"""Messages in PostgreSQL, sealed with the request's key."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from chassis.database import Connection
from chassis.keyring import DataKey
from services.procedures.messages.model import Message

INSERT_MESSAGE = """
INSERT INTO request_messages (
    id,
    request_id,
    sent_at,
    author,
    staff_id,
    body,
    files
) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (id) DO NOTHING
RETURNING id
"""
SELECT_OWNER = "SELECT request_id FROM request_messages WHERE id = $1"
SELECT_MESSAGES = """
SELECT
    id,
    request_id,
    sent_at,
    author,
    staff_id,
    body,
    files
FROM request_messages
WHERE request_id = $1
ORDER BY sent_at, id
"""


class MessageRepository:
    """Reads and writes messages."""

    async def insert_message(self, connection: Connection, message: Message, key: DataKey) -> bool:
        """Store a message; return False when its identifier is taken."""
        inserted = await connection.fetchval(
            INSERT_MESSAGE,
            message.id,
            message.request_id,
            message.sent_at,
            message.author,
            message.staff_id,
            key.seal(message.text.encode(), _context(message.id)),
            list(message.files),
        )
        return inserted is not None

    async def find_owner(self, connection: Connection, message_id: UUID) -> UUID | None:
        """Return the request that a message is about."""
        found: UUID | None = await connection.fetchval(SELECT_OWNER, message_id)
        return found

    async def list_messages(
        self, connection: Connection, request_id: UUID, key: DataKey
    ) -> Sequence[Message]:
        """Return the messages about a request, oldest first."""
        rows = await connection.fetch(SELECT_MESSAGES, request_id)
        return [_message(row, key) for row in rows]


def _context(message_id: UUID) -> str:
    return f"message:{message_id}"


def _message(row: Any, key: DataKey) -> Message:
    return Message(
        id=row["id"],
        request_id=row["request_id"],
        sent_at=row["sent_at"],
        author=row["author"],
        staff_id=row["staff_id"],
        text=key.open(row["body"], _context(row["id"])).decode(),
        files=tuple(row["files"]),
    )
