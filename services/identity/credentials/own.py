"""Use cases of one's own password: change it, prove that one knows it, end one's sessions."""

from uuid import UUID

from chassis.database import Database
from services.identity.accounts.service import AccountService
from services.identity.credentials.model import PasswordWrong
from services.identity.credentials.service import PasswordService
from services.identity.credentials.throttle import SignInThrottle
from services.identity.events.model import BY_OWNER
from services.identity.events.service import EventService
from services.identity.notices.model import Kind
from services.identity.notices.service import NoticeService
from services.identity.profiles.service import ProfileService
from services.identity.proofs.model import Purpose
from services.identity.proofs.service import ProofService
from services.identity.recoveries.service import OPENING
from services.identity.session_ends import SessionEnds


class OwnPasswordService:
    """What somebody who is signed in does with their own password."""

    def __init__(
        self,
        database: Database,
        accounts: AccountService,
        passwords: PasswordService,
        profiles: ProfileService,
        proofs: ProofService,
        events: EventService,
        notices: NoticeService,
        throttle: SignInThrottle,
        ends: SessionEnds,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._passwords = passwords
        self._profiles = profiles
        self._proofs = proofs
        self._events = events
        self._notices = notices
        self._throttle = throttle
        self._ends = ends

    async def change_password(
        self, account_id: UUID, current: str, new: str, client_address: str
    ) -> int:
        """Store another password and return the new session epoch: other sessions end.

        Needs the present password (ASVS 6.2.3). Raises `PasswordWrong`, `PasswordRefused` or
        `TooManyAttempts`.
        """
        await self._check(account_id, current, client_address)
        async with self._database.connection() as connection:
            person = await self._profiles.person_of(connection, account_id)
        password_hash = await self._passwords.hash_chosen(new, person)
        async with self._database.transaction() as connection:
            account = await self._accounts.lock_active(connection, account_id)
            await self._passwords.store_hash(connection, account_id, password_hash)
            epoch = await self._accounts.end_sessions(connection, account_id)
            await self._proofs.revoke(connection, account_id, *OPENING)
            await self._events.record(connection, account_id, "password-changed", BY_OWNER)
            await self._notices.tell(connection, account, Kind.PASSWORD_CHANGED, freezable=True)
        await self._ends.announce(account_id, epoch)
        return epoch

    async def step_up(self, account_id: UUID, password: str, client_address: str) -> str:
        """Return a token for one sensitive change, good for 5 minutes (ASVS 7.5.1)."""
        await self._check(account_id, password, client_address)
        async with self._database.transaction() as connection:
            await self._accounts.lock_active(connection, account_id)
            return await self._proofs.issue(connection, Purpose.STEP_UP, account_id)

    async def end_sessions(self, account_id: UUID) -> int:
        """End every session and return the new epoch, under which one may go on."""
        async with self._database.transaction() as connection:
            await self._accounts.lock_active(connection, account_id)
            epoch = await self._accounts.end_sessions(connection, account_id)
            await self._events.record(connection, account_id, "sessions-ended", BY_OWNER)
        await self._ends.announce(account_id, epoch)
        return epoch

    async def _check(self, account_id: UUID, password: str, client_address: str) -> None:
        """Check the password, counting tries: a stolen session does not let anybody guess."""
        name = f"own password {account_id}"
        reservation = await self._throttle.reserve(name, client_address)
        try:
            await self._passwords.check_own(account_id, password)
        except PasswordWrong:
            raise
        except Exception:
            await self._throttle.give_back(reservation)
            raise
        await self._throttle.succeed(reservation)
