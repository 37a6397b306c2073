"""Use cases of changes of e-mail: ask for one, confirm it at each address (ACC-10)."""

from uuid import UUID

from chassis.clock import Clock, IdSource
from chassis.database import Connection, Database
from services.identity.accounts.model import Account
from services.identity.accounts.service import AccountService
from services.identity.emails.model import EmailChange, EmailUnchanged
from services.identity.emails.repository import EmailChangeRepository
from services.identity.events.model import BY_LINK, BY_OWNER
from services.identity.events.service import EventService
from services.identity.notices.model import Kind
from services.identity.notices.service import NoticeService
from services.identity.proofs.model import ProofRefused, Purpose
from services.identity.proofs.service import ProofService
from services.identity.registrations.model import RegistrationRefused
from services.identity.registrations.service import tidy_email

CONFIRM_PATH = "/compte/courriel/confirmation"
BOTH = (Purpose.FORMER_EMAIL, Purpose.NEW_EMAIL)


class EmailChangeService:
    """Changes the address that everything else is recovered with: both addresses must agree."""

    def __init__(
        self,
        database: Database,
        accounts: AccountService,
        proofs: ProofService,
        events: EventService,
        notices: NoticeService,
        clock: Clock,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._proofs = proofs
        self._events = events
        self._notices = notices
        self._clock = clock
        self._ids = IdSource()
        self._changes = EmailChangeRepository()

    async def ask(self, account_id: UUID, email: str, step_up: str) -> None:
        """Promise a link to each address; a change asked for before is forgotten.

        Raises `RegistrationRefused` (not an address), `EmailUnchanged` or `ProofRefused`.
        """
        tidy, faults = tidy_email(email)
        if faults:
            raise RegistrationRefused(faults)
        async with self._database.transaction() as connection:
            account = await self._accounts.lock_active(connection, account_id)
            if account.profile.email.casefold() == tidy.casefold():
                raise EmailUnchanged
            proof = await self._proofs.redeem(connection, Purpose.STEP_UP, step_up)
            if proof.account_id != account_id:
                raise ProofRefused
            await self._proofs.revoke(connection, account_id, *BOTH)
            await self._store(connection, account, tidy)
            await self._events.record(connection, account_id, "email-change-asked", BY_OWNER)

    async def confirm(self, secret: str) -> bool:
        """Take one address's agreement; return whether the change is now made."""
        async with self._database.transaction() as connection:
            account, change = await self._take(connection, secret)
            if not change.done:
                return False
            await self._accounts.change_email(connection, account, change.email)
            await self._changes.delete_change(connection, account.id)
            await self._events.record(connection, account.id, "email-changed", BY_LINK)
            # to the former address: whoever reads it can still freeze the account
            await self._notices.tell(connection, account, Kind.EMAIL_CHANGED, freezable=True)
            await self._notices.tell(connection, account, Kind.EMAIL_CHANGED, to=change.email)
            await self._proofs.revoke(connection, account.id, Purpose.RECOVER_PASSWORD)
        return True

    async def _store(self, connection: Connection, account: Account, email: str) -> None:
        key = await self._accounts.key_of(connection, account.id)
        # an account without an address has nobody else to ask
        change = EmailChange(self._ids.new_id(), email, False, False)
        now = self._clock.now()
        await self._changes.store_change(connection, account.id, key, change, now)
        if account.profile.email:
            former = await self._link(connection, Purpose.FORMER_EMAIL, account.id, change)
            values = {"link": former}
            await self._notices.tell(connection, account, Kind.EMAIL_FORMER, values, freezable=True)
        else:
            await self._changes.confirm_former(connection, account.id, change.change_id, now)
        link = await self._link(connection, Purpose.NEW_EMAIL, account.id, change)
        await self._notices.tell(connection, account, Kind.EMAIL_NEW, {"link": link}, to=email)

    async def _link(
        self, connection: Connection, purpose: Purpose, account_id: UUID, change: EmailChange
    ) -> str:
        content = {"change_id": str(change.change_id)}
        secret = await self._proofs.issue(connection, purpose, account_id, content)
        return self._notices.link(CONFIRM_PATH, secret)

    async def _take(self, connection: Connection, secret: str) -> tuple[Account, EmailChange]:
        for purpose in BOTH:
            try:
                proof = await self._proofs.redeem(connection, purpose, secret)
            except ProofRefused:
                continue
            if proof.account_id is None:
                break
            account = await self._accounts.lock_active(connection, proof.account_id)
            change_id, now = UUID(str(proof.content["change_id"])), self._clock.now()
            if purpose == Purpose.FORMER_EMAIL:
                await self._changes.confirm_former(connection, account.id, change_id, now)
            else:
                await self._changes.confirm_new(connection, account.id, change_id, now)
            key = await self._accounts.key_of(connection, account.id)
            change = await self._changes.find_change(connection, account.id, key)
            if change is not None and change.change_id == change_id:
                return account, change
        raise ProofRefused
