"""Use cases of favourites: pin, unpin, list."""

from collections.abc import Callable, Sequence
from uuid import UUID

from chassis.database import Connection, Database
from services.identity.accounts.service import AccountService
from services.identity.favourites.model import pin, unpin
from services.identity.favourites.repository import FavouriteRepository


class FavouriteService:
    """The procedures that people pinned."""

    def __init__(self, database: Database, accounts: AccountService) -> None:
        self._database = database
        self._accounts = accounts
        self._favourites = FavouriteRepository()

    async def list_favourites(self, account_id: UUID) -> Sequence[str]:
        """Return ids of procedures, the last pinned first; raise `AccountNotFound`."""
        async with self._database.connection() as connection:
            return await self.read(connection, account_id)

    async def read(self, connection: Connection, account_id: UUID) -> Sequence[str]:
        """Return them, read in the caller's transaction."""
        key = await self._accounts.key_of(connection, account_id)
        return await self._favourites.list_favourites(connection, account_id, key)

    async def pin_procedure(self, account_id: UUID, procedure_id: str) -> Sequence[str]:
        """Put a procedure first; pinned again, it only moves."""
        return await self._change(account_id, procedure_id, pin)

    async def unpin_procedure(self, account_id: UUID, procedure_id: str) -> Sequence[str]:
        """Take a procedure out; taken out again, nothing changes."""
        return await self._change(account_id, procedure_id, unpin)

    async def _change(
        self,
        account_id: UUID,
        procedure_id: str,
        change: Callable[[Sequence[str], str], Sequence[str]],
    ) -> Sequence[str]:
        async with self._database.transaction() as connection:
            await self._accounts.lock_active(connection, account_id)
            key = await self._accounts.key_of(connection, account_id)
            before = await self._favourites.list_favourites(connection, account_id, key)
            after = change(before, procedure_id)
            await self._favourites.update_favourites(connection, account_id, key, after)
        return after
