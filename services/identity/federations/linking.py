"""What links and unlinks in the transactions of other use cases, with its event and its notice."""

from collections.abc import Sequence
from uuid import UUID

from chassis.clock import Clock
from chassis.database import Connection
from services.identity.accounts.model import Account
from services.identity.accounts.service import AccountService
from services.identity.blind_index import BlindIndex
from services.identity.events.model import BY_LINK, BY_OWNER
from services.identity.events.service import EventService
from services.identity.federations.model import (
    NAMES,
    Identity,
    Link,
    LinkNotFound,
    LinkTaken,
    Match,
    Provider,
    WrongProvider,
)
from services.identity.federations.repository import LinkRepository
from services.identity.notices.model import Kind
from services.identity.notices.service import NoticeService
from services.identity.profiles.pivot import PIVOT


class Linking:
    """The links between accounts and outside identities."""

    def __init__(
        self,
        accounts: AccountService,
        events: EventService,
        notices: NoticeService,
        index: BlindIndex,
        clock: Clock,
    ) -> None:
        self._accounts = accounts
        self._events = events
        self._notices = notices
        self._index = index
        self._clock = clock
        self._links = LinkRepository()

    async def find_account(self, connection: Connection, identity: Identity) -> UUID | None:
        """Return the account that an identity is linked to."""
        return await self._links.find_account(connection, self._subject(identity))

    async def list_matches(self, connection: Connection, identity: Identity) -> Sequence[Match]:
        """Return the accounts of the same civil identity, when all six data are there."""
        digest = self._pivot(identity)
        if digest is None:
            return []
        return await self._links.list_matches(connection, digest, self._subject(identity))

    async def list_links(self, connection: Connection, account_id: UUID) -> Sequence[Link]:
        """Return the links of an account; raise `AccountNotFound`."""
        key = await self._accounts.key_of(connection, account_id)
        return await self._links.list_links(connection, account_id, key)

    async def link(
        self, connection: Connection, account: Account, identity: Identity, how: str
    ) -> None:
        """Link an identity to a locked account and tell its owner: `how` is proof or pivot.

        Raises `LinkTaken` (another account has it) or `WrongProvider`.
        """
        check_provider(account, identity.provider)
        await self.link_quietly(connection, account.id, identity)
        detail = {"provider": identity.provider, "how": how}
        await self._events.record(connection, account.id, "link-added", BY_OWNER, detail)
        values = {"provider": NAMES[identity.provider]}
        await self._notices.tell(connection, account, Kind.LINK_ADDED, values, freezable=True)

    async def link_quietly(
        self, connection: Connection, account_id: UUID, identity: Identity
    ) -> None:
        """Link an identity to the account that it has just opened; raise `LinkTaken`."""
        digest = self._subject(identity)
        if await self._links.find_account(connection, digest) not in (None, account_id):
            raise LinkTaken
        key, now = await self._accounts.key_of(connection, account_id), self._clock.now()
        digests = (digest, self._pivot(identity))
        await self._links.store_link(connection, account_id, key, identity, digests, now)

    async def note_used(self, connection: Connection, account_id: UUID, provider: Provider) -> None:
        """Remember that a link signed its owner in now."""
        await self._links.update_used(connection, account_id, provider, self._clock.now())

    async def unlink(self, connection: Connection, account: Account, provider: Provider) -> None:
        """Forget a link of a locked account and tell its owner; raise `LinkNotFound`."""
        await self.release(connection, account.id, provider)
        detail = {"provider": provider}
        await self._events.record(connection, account.id, "link-removed", BY_OWNER, detail)
        values = {"provider": NAMES[provider]}
        await self._notices.tell(connection, account, Kind.LINK_REMOVED, values, freezable=True)

    async def refuse(self, connection: Connection, account: Account, identity: Identity) -> None:
        """Unlink an identity whose holder says that the account is another person's.

        It is never matched with this account again. Raises `LinkNotFound` when it is not linked.
        """
        digest = self._subject(identity)
        if await self._links.find_account(connection, digest) != account.id:
            raise LinkNotFound
        await self.unlink(connection, account, identity.provider)
        await self._links.store_refusal(connection, account.id, digest, self._clock.now())

    async def release(self, connection: Connection, account_id: UUID, provider: Provider) -> None:
        """Forget a link without a word; raise `LinkNotFound`."""
        if not await self._links.delete_link(connection, account_id, provider):
            raise LinkNotFound

    async def cut_all(self, connection: Connection, account_id: UUID) -> None:
        """Forget every link: whoever used the account may have added one (ACC-07)."""
        if await self._links.delete_links(connection, account_id):
            await self._events.record(connection, account_id, "link-removed", BY_LINK)

    def _subject(self, identity: Identity) -> bytes:
        value = f"{identity.issuer}\n{identity.subject}"
        return self._index.digest(f"federated {identity.provider}", value)

    def _pivot(self, identity: Identity) -> bytes | None:
        text = identity.pivot.canonical if identity.pivot is not None else None
        return self._index.digest(PIVOT, text) if text is not None else None


def check_provider(account: Account, provider: Provider) -> None:
    """Raise `WrongProvider` unless staff come by ProConnect, and others by FranceConnect."""
    if bool(account.roles) != (provider == Provider.PROCONNECT):
        raise WrongProvider
