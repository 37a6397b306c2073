"""Use cases of accounts: open one, find it, read it."""

from collections.abc import Sequence
from uuid import UUID

from chassis.clock import Clock, IdSource
from chassis.database import Connection, Database
from services.identity.accounts.model import ACTIVE, Account, AccountNotFound, Profile
from services.identity.accounts.repository import AccountRepository
from services.identity.accounts.sealing import AccountSeal


class AccountService:
    """The accounts."""

    def __init__(self, database: Database, seal: AccountSeal, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._ids = IdSource()
        self._accounts = AccountRepository(seal)

    async def lock_seed(self, connection: Connection) -> None:
        """Keep other seeds out until the end of the caller's transaction."""
        await self._accounts.lock_seed(connection)

    async def open_account(
        self, connection: Connection, profile: Profile, roles: Sequence[str] = ()
    ) -> Account:
        """Store a new account in the caller's transaction, or raise `IdentifierTaken`."""
        account = Account(self._ids.new_id(), profile, tuple(roles), ACTIVE, self._clock.now())
        await self._accounts.insert_account(connection, account)
        return account

    async def read_account(self, account_id: UUID) -> Account:
        """Return an active account; raise `AccountNotFound` for any other."""
        async with self._database.connection() as connection:
            account = await self._accounts.find_account(connection, account_id)
        if account is None or account.state != ACTIVE:
            raise AccountNotFound
        return account
