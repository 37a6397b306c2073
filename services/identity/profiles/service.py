"""Use cases of profiles: keep some data, erase one, give those that a form asks for."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.clock import Clock
from chassis.database import Connection, Database
from services.identity.accounts.service import AccountService
from services.identity.blind_index import BlindIndex
from services.identity.credentials.policy import Person
from services.identity.events.model import BY_OWNER
from services.identity.events.service import EventService
from services.identity.profiles.model import (
    FIELDS,
    NAMES,
    FieldNotFound,
    ProfileRefused,
    StoredField,
)
from services.identity.profiles.pivot import PIVOT, pivot_of_profile
from services.identity.profiles.repository import ProfileRepository
from services.identity.profiles.validation import ProfileValidation


class ProfileService:
    """The data that people chose to keep."""

    def __init__(
        self,
        database: Database,
        accounts: AccountService,
        events: EventService,
        validation: ProfileValidation,
        index: BlindIndex,
        zone: ZoneInfo,
        clock: Clock,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._events = events
        self._validation = validation
        self._index = index
        self._zone = zone
        self._clock = clock
        self._profiles = ProfileRepository()

    async def read_profile(self, account_id: UUID) -> Sequence[StoredField]:
        """Return what is kept; raise `AccountNotFound`."""
        async with self._database.connection() as connection:
            return await self.list_fields(connection, account_id)

    async def list_fields(self, connection: Connection, account_id: UUID) -> Sequence[StoredField]:
        """Return what is kept, read in the caller's transaction."""
        key = await self._accounts.key_of(connection, account_id)
        return await self._profiles.list_fields(connection, account_id, key)

    async def update_profile(self, account_id: UUID, values: Mapping[str, str]) -> None:
        """Keep these data beside the others, all or none; an empty one is erased.

        Raises `ProfileRefused`.
        """
        async with self._database.transaction() as connection:
            await self._accounts.lock_active(connection, account_id)
            key = await self._accounts.key_of(connection, account_id)
            before = await self._profiles.list_fields(connection, account_id, key)
            erased = {name for name, value in values.items() if not value.strip()}
            kept = {one.name: one.value for one in before if one.name not in erased}
            chosen = {name: value for name, value in values.items() if name not in erased}
            clean, faults = self._validation.check(chosen, kept, self._clock.today(self._zone))
            if faults or not erased <= set(FIELDS):
                raise ProfileRefused(faults)
            await self._store(connection, account_id, clean)
            for name in erased:
                await self._profiles.delete_field(connection, account_id, name)
            await self._note(connection, account_id, {*clean, *erased}, {**kept, **clean})

    async def keep_at_opening(
        self, connection: Connection, account_id: UUID, values: Mapping[str, str]
    ) -> None:
        """Keep in a new account what its owner chose to; what is not right is left out."""
        clean, _ = self._validation.check(values, {}, self._clock.today(self._zone))
        await self._store(connection, account_id, clean)
        await self._derive(connection, account_id, clean)

    async def erase_field(self, account_id: UUID, name: str) -> None:
        """Erase one datum at once, or raise `FieldNotFound`."""
        async with self._database.transaction() as connection:
            await self._accounts.lock_active(connection, account_id)
            if not await self._profiles.delete_field(connection, account_id, name):
                raise FieldNotFound
            kept = await self.list_fields(connection, account_id)
            await self._note(connection, account_id, {name}, {one.name: one.value for one in kept})

    async def prefill(self, account_id: UUID, names: Sequence[str]) -> Mapping[str, str]:
        """Return the data that a form asks for, by binding name: only those kept (ACC-05)."""
        async with self._database.connection() as connection:
            account = await self._accounts.find_account(connection, account_id)
            fields = await self.list_fields(connection, account_id)
        known = {one.name: one.value for one in fields} | {"email": account.profile.email}
        return {name: known[name] for name in names if known.get(name)}

    async def read_person(self, account_id: UUID) -> Person:
        """Return what no password of this person may be made of."""
        async with self._database.connection() as connection:
            return await self.person_of(connection, account_id)

    async def person_of(self, connection: Connection, account_id: UUID) -> Person:
        """Return what no password of this person may be made of (ACC-03)."""
        account = await self._accounts.find_account(connection, account_id)
        known = {one.name: one.value for one in await self.list_fields(connection, account_id)}
        birth_date = None
        with suppress(ValueError):
            birth_date = date.fromisoformat(known.get("birth_date", ""))
        names = [known[name] for name in sorted(NAMES) if name in known]
        profile = account.profile
        return Person(profile.identifier, profile.email, names, birth_date, known.get("city", ""))

    async def _note(
        self,
        connection: Connection,
        account_id: UUID,
        changed: set[str],
        values: Mapping[str, str],
    ) -> None:
        """Write which data changed, never what they are, and how the person is now called."""
        await self._events.record(
            connection, account_id, "profile-changed", BY_OWNER, {"fields": sorted(changed)}
        )
        await self._derive(connection, account_id, values, renamed=bool(changed & NAMES))

    async def _store(
        self, connection: Connection, account_id: UUID, clean: Mapping[str, str]
    ) -> None:
        key, now = await self._accounts.key_of(connection, account_id), self._clock.now()
        for name, value in clean.items():
            await self._profiles.store_field(
                connection, account_id, key, StoredField(name, value, now)
            )

    async def _derive(
        self,
        connection: Connection,
        account_id: UUID,
        values: Mapping[str, str],
        *,
        renamed: bool = True,
    ) -> None:
        """Store what is made of the data: the digest of the six pivot ones, the displayed name."""
        text = pivot_of_profile(values).canonical
        digest = self._index.digest(PIVOT, text) if text is not None else None
        await self._profiles.store_pivot(connection, account_id, digest)
        if renamed:
            family = values.get("usual_name") or values.get("family_name", "")
            name = f"{values.get('given_name', '')} {family}".strip()
            account = await self._accounts.find_account(connection, account_id)
            await self._accounts.rename(connection, account, name)
