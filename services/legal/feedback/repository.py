"""Feedback in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from chassis.database import Connection
from services.legal.feedback.model import StoredFeedback

INSERT_FEEDBACK = """
INSERT INTO feedback (
    id,
    received_at,
    language,
    wrapped_key,
    content,
    reply_wanted,
    enqueued_at
) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (id) DO NOTHING
RETURNING id
"""
SELECT_FEEDBACK = """
SELECT
    id,
    received_at,
    language,
    wrapped_key,
    content,
    reply_wanted,
    enqueued_at,
    delivered_at,
    acknowledged_at
FROM feedback
WHERE id = $1
"""
UPDATE_DELIVERED = """
UPDATE feedback
SET delivered_at = $2
WHERE id = $1
    AND delivered_at IS NULL
"""
UPDATE_ACKNOWLEDGED = """
UPDATE feedback
SET acknowledged_at = $2
WHERE id = $1
    AND acknowledged_at IS NULL
"""
UPDATE_FORGOTTEN = """
UPDATE feedback
SET enqueued_at = $2
WHERE delivered_at IS NULL
    AND enqueued_at < $1
RETURNING id
"""
DELETE_OLD = """
DELETE FROM feedback
WHERE received_at < $1
    AND delivered_at IS NOT NULL
RETURNING id
"""


class FeedbackRepository:
    """Reads and writes messages; never commits."""

    async def insert_feedback(self, connection: Connection, stored: StoredFeedback) -> bool:
        """Store a message; say whether its form had not been used yet."""
        made = await connection.fetchval(
            INSERT_FEEDBACK,
            stored.id,
            stored.received_at,
            stored.language,
            stored.wrapped_key,
            stored.content,
            stored.reply_wanted,
            stored.enqueued_at,
        )
        return made is not None

    async def find_feedback(
        self, connection: Connection, feedback_id: UUID
    ) -> StoredFeedback | None:
        """Return a message; None once it was erased."""
        row = await connection.fetchrow(SELECT_FEEDBACK, feedback_id)
        return StoredFeedback(**dict(row)) if row is not None else None

    async def update_delivered(
        self, connection: Connection, feedback_id: UUID, at: datetime
    ) -> None:
        """Note that the webmaster was written to."""
        await connection.execute(UPDATE_DELIVERED, feedback_id, at)

    async def update_acknowledged(
        self, connection: Connection, feedback_id: UUID, at: datetime
    ) -> None:
        """Note that the sender was answered, or cannot be."""
        await connection.execute(UPDATE_ACKNOWLEDGED, feedback_id, at)

    async def take_forgotten(
        self, connection: Connection, before: datetime, now: datetime
    ) -> list[UUID]:
        """Return the messages not delivered whose jobs are older than `before`, dated again."""
        return [row["id"] for row in await connection.fetch(UPDATE_FORGOTTEN, before, now)]

    async def delete_old(self, connection: Connection, before: datetime) -> int:
        """Erase the delivered messages received before an instant, and count them."""
        return len(await connection.fetch(DELETE_OLD, before))
