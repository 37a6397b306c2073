"""Use cases of events: record one in the transaction of what happened, show them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.audit import append_audit
from chassis.clock import Clock, IdSource
from chassis.database import Connection, Database
from services.identity.accounts.service import AccountService
from services.identity.events.model import STAFF, AccountEvent, Actor
from services.identity.events.repository import EventRepository

PAGE = 50
LAST = UUID(int=2**128 - 1)


class EventService:
    """The journal of each account."""

    def __init__(self, database: Database, accounts: AccountService, clock: Clock) -> None:
        self._database = database
        self._accounts = accounts
        self._clock = clock
        self._ids = IdSource()
        self._events = EventRepository()

    async def record(
        self,
        connection: Connection,
        account_id: UUID,
        action: str,
        actor: Actor,
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """Write an event in the caller's transaction; what staff do is also in the audit trail."""
        key = await self._accounts.key_of(connection, account_id)
        now = self._clock.now()
        event = AccountEvent(self._ids.new_id(), now, action, actor, detail or {})
        await self._events.insert_event(connection, account_id, key, event)
        if actor.kind == STAFF:
            await append_audit(
                connection,
                at=now,
                actor=f"staff:{actor.account_id}",
                action=action,
                subject=f"account:{account_id}",
                detail={"event": str(event.id)},
            )

    async def list_events(
        self, account_id: UUID, before: UUID | None = None, actions: list[str] | None = None
    ) -> Sequence[AccountEvent]:
        """Return a page of events, the newest first; raise `AccountNotFound`."""
        async with self._database.connection() as connection:
            key = await self._accounts.key_of(connection, account_id)
            return await self._events.list_events(
                connection,
                account_id,
                key,
                before=before or LAST,
                actions=actions,
                count=PAGE,
            )
