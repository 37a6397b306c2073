"""Use cases of an account's dates: erasure planned, warning given, use limited."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chassis.database import Connection
from services.identity.accounts.lifecycle_repository import LifecycleRepository


class LifecycleService:
    """The dates of accounts, in the transactions of other use cases."""

    def __init__(self) -> None:
        self._lifecycle = LifecycleRepository()

    async def plan_erasure(
        self, connection: Connection, account_id: UUID, due: datetime | None
    ) -> None:
        """Store when the account will be erased; None keeps it."""
        await self._lifecycle.update_erasure_due(connection, account_id, due)

    async def note_warned(self, connection: Connection, account_id: UUID, at: datetime) -> None:
        """Store that the coming erasure was announced."""
        await self._lifecycle.update_warned(connection, account_id, at)

    async def limit(self, connection: Connection, account_id: UUID, at: datetime | None) -> None:
        """Store since when the use of the data is limited; None ends it."""
        await self._lifecycle.update_limited(connection, account_id, at)

    async def list_to_warn(self, connection: Connection, unseen_since: datetime) -> Sequence[UUID]:
        """Return accounts of residents, unused since then and not warned."""
        return await self._lifecycle.list_to_warn(connection, unseen_since)

    async def list_to_expire(
        self, connection: Connection, unseen_since: datetime, warned_before: datetime
    ) -> Sequence[UUID]:
        """Return accounts unused since then although they were warned."""
        return await self._lifecycle.list_to_expire(connection, unseen_since, warned_before)

    async def list_to_erase(self, connection: Connection, at: datetime) -> Sequence[UUID]:
        """Return accounts whose owner's time to change their mind is over."""
        return await self._lifecycle.list_to_erase(connection, at)

    async def drop_unconfirmed(self, connection: Connection, before: datetime) -> int:
        """Delete accounts whose e-mail was never confirmed; return how many."""
        return await self._lifecycle.delete_unconfirmed(connection, before)
