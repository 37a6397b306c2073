"""Use cases of freezes: by the owner who is signed in, or by the link of a notice."""

from uuid import UUID

from chassis.database import Connection, Database
from services.identity.accounts.model import Account, Change, State
from services.identity.accounts.service import AccountService
from services.identity.events.model import BY_LINK, BY_OWNER, Actor
from services.identity.events.service import EventService
from services.identity.notices.model import Kind
from services.identity.notices.service import NoticeService
from services.identity.proofs.model import ProofRefused, Purpose
from services.identity.proofs.service import ProofService
from services.identity.session_ends import SessionEnds

# what whoever used the account may have been given
OPEN_DOORS = [purpose for purpose in Purpose if purpose != Purpose.NOT_ME]


class FreezeService:
    """Stops everything at once; staff are told, filed requests go on."""

    def __init__(
        self,
        database: Database,
        accounts: AccountService,
        proofs: ProofService,
        events: EventService,
        notices: NoticeService,
        ends: SessionEnds,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._proofs = proofs
        self._events = events
        self._notices = notices
        self._ends = ends

    async def freeze(self, account_id: UUID) -> None:
        """Freeze one's own account."""
        async with self._database.transaction() as connection:
            account = await self._accounts.lock_active(connection, account_id)
            epoch = await self._freeze(connection, account, BY_OWNER)
        await self._ends.announce(account_id, epoch)

    async def freeze_by_link(self, secret: str) -> UUID:
        """Freeze the account that a notice was about; repeated, the link is used up.

        An account that is no longer active stays as it is. Raises `ProofRefused`.
        """
        async with self._database.transaction() as connection:
            proof = await self._proofs.redeem(connection, Purpose.NOT_ME, secret)
            if proof.account_id is None:
                raise ProofRefused
            account = await self._accounts.lock_account(connection, proof.account_id)
            if account.state != State.ACTIVE:
                return account.id
            epoch = await self._freeze(connection, account, BY_LINK)
        await self._ends.announce(account.id, epoch)
        return account.id

    async def _freeze(self, connection: Connection, account: Account, actor: Actor) -> int:
        epoch = await self._accounts.change_state(connection, account, Change.FREEZE)
        await self._proofs.revoke(connection, account.id, *OPEN_DOORS)
        await self._events.record(connection, account.id, "frozen", actor)
        await self._notices.tell(connection, account, Kind.FROZEN)
        await self._notices.tell_staff(connection, account)
        return epoch
