"""Events of accounts in PostgreSQL; their details are sealed with the account's key."""

from collections.abc import Sequence
from uuid import UUID

from chassis.database import Connection, Row
from services.identity.accounts.sealing import AccountKey
from services.identity.events.model import AccountEvent, Actor

INSERT_EVENT = """
INSERT INTO account_events (
    id,
    account_id,
    recorded_at,
    action,
    actor_kind,
    actor_id,
    detail
) VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
SELECT_EVENTS = """
SELECT
    id,
    recorded_at,
    action,
    actor_kind,
    actor_id,
    detail
FROM account_events
WHERE account_id = $1
    AND id < $2
    AND ($3::text[] IS NULL OR action = ANY($3::text[]))
ORDER BY id DESC
LIMIT $4
"""
PLACE = "account_events.detail"


class EventRepository:
    """Reads and writes events; never commits."""

    async def insert_event(
        self, connection: Connection, account_id: UUID, key: AccountKey, event: AccountEvent
    ) -> None:
        """Store an event."""
        await connection.execute(
            INSERT_EVENT,
            event.id,
            account_id,
            event.recorded_at,
            event.action,
            event.actor.kind,
            event.actor.account_id,
            key.seal(dict(event.detail), f"{PLACE}:{event.id}"),
        )

    async def list_events(
        self,
        connection: Connection,
        account_id: UUID,
        key: AccountKey,
        *,
        before: UUID,
        actions: list[str] | None,
        count: int,
    ) -> Sequence[AccountEvent]:
        """Return the events before one, the newest first."""
        rows = await connection.fetch(SELECT_EVENTS, account_id, before, actions, count)
        return [_event(row, key) for row in rows]


def _event(row: Row, key: AccountKey) -> AccountEvent:
    actor = Actor(row["actor_kind"], row["actor_id"])
    detail = key.open(row["detail"], f"{PLACE}:{row['id']}")
    return AccountEvent(row["id"], row["recorded_at"], row["action"], actor, detail)
