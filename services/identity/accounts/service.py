"""Use cases of accounts that the other features build on: open, find, read, change of state."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from chassis.clock import Clock, IdSource
from chassis.database import Connection, Database
from services.identity.accounts.lifecycle_repository import LifecycleRepository
from services.identity.accounts.model import (
    Account,
    AccountNotFound,
    Change,
    Profile,
    State,
    next_state,
)
from services.identity.accounts.repository import AccountRepository, Opening
from services.identity.accounts.sealing import AccountKey, AccountSeal


@dataclass(frozen=True)
class NewAccount:
    """What an account is opened with."""

    profile: Profile
    roles: Sequence[str] = ()
    state: State = State.ACTIVE
    language: str = "fr"
    registration_hash: bytes | None = None


class AccountService:
    """The accounts."""

    def __init__(self, database: Database, seal: AccountSeal, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._ids = IdSource()
        self._accounts = AccountRepository(seal)
        self._lifecycle = LifecycleRepository()

    async def lock_seed(self, connection: Connection) -> None:
        """Keep other seeds out until the end of the caller's transaction."""
        await self._accounts.lock_seed(connection)

    async def open_account(self, connection: Connection, new: NewAccount) -> Account:
        """Store a new account in the caller's transaction, or raise `IdentifierTaken`."""
        account = Account(
            self._ids.new_id(),
            new.profile,
            tuple(new.roles),
            new.state,
            self._clock.now(),
            new.language,
        )
        await self._accounts.insert_account(connection, account, Opening(new.registration_hash))
        return account

    async def read_account(self, account_id: UUID) -> Account:
        """Return an active account; raise `AccountNotFound` for any other."""
        async with self._database.connection() as connection:
            account = await self._accounts.find_account(connection, account_id)
        if account is None or account.state != State.ACTIVE:
            raise AccountNotFound
        return account

    async def find_account(self, connection: Connection, account_id: UUID) -> Account:
        """Return an account in any state but erased; raise `AccountNotFound`."""
        account = await self._accounts.find_account(connection, account_id)
        if account is None:
            raise AccountNotFound
        return account

    async def lock_account(self, connection: Connection, account_id: UUID) -> Account:
        """Return an account and keep it for the caller's transaction; raise `AccountNotFound`."""
        return await self._accounts.lock_account(connection, account_id)

    async def lock_active(self, connection: Connection, account_id: UUID) -> Account:
        """Like `lock_account`, for an account that its owner can use."""
        account = await self._accounts.lock_account(connection, account_id)
        if account.state != State.ACTIVE:
            raise AccountNotFound
        return account

    async def find_by_identifier(self, connection: Connection, identifier: str) -> Account | None:
        """Return the account of an identifier, in any state but erased."""
        return await self._accounts.find_by_identifier(connection, identifier)

    async def list_by_email(self, connection: Connection, email: str) -> Sequence[Account]:
        """Return the accounts of an e-mail address."""
        return await self._accounts.list_by_email(connection, email)

    async def list_by_roles(
        self, connection: Connection, roles: Sequence[str]
    ) -> Sequence[Account]:
        """Return the active accounts that hold one of these roles."""
        return await self._accounts.list_by_roles(connection, roles)

    async def find_by_registration(self, connection: Connection, key: bytes) -> Account | None:
        """Return the account that an idempotency key opened."""
        return await self._accounts.find_by_registration(connection, key)

    async def key_of(self, connection: Connection, account_id: UUID) -> AccountKey:
        """Return the data key of an account; raise `AccountNotFound` when it was destroyed."""
        return await self._accounts.key_of(connection, account_id)

    async def change_state(self, connection: Connection, account: Account, change: Change) -> int:
        """Move a locked account on, which ends its sessions; return the new session epoch.

        Raises `ChangeRefused` when its state does not allow it.
        """
        state = next_state(account.state, change)
        return await self._lifecycle.update_state(connection, account.id, state)

    async def end_sessions(self, connection: Connection, account_id: UUID) -> int:
        """Make every session of the account end; return the new session epoch."""
        return await self._lifecycle.update_epoch(connection, account_id)

    async def note_seen(self, connection: Connection, account_id: UUID) -> None:
        """Remember that the account was used now."""
        await self._lifecycle.update_seen(connection, account_id, self._clock.now())

    async def rename(self, connection: Connection, account: Account, display_name: str) -> None:
        """Store how to call the person, '' for the identifier."""
        profile = replace(account.profile, display_name=display_name)
        await self._accounts.update_profile(connection, account.id, profile)

    async def change_email(self, connection: Connection, account: Account, email: str) -> None:
        """Store a confirmed e-mail."""
        profile = replace(account.profile, email=email)
        await self._accounts.update_profile(connection, account.id, profile)

    async def change_roles(
        self, connection: Connection, account_id: UUID, roles: Sequence[str]
    ) -> None:
        """Store what the holder may do."""
        await self._accounts.update_roles(connection, account_id, roles)
