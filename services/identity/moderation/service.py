"""Use cases of staff on accounts; each one is journalled where its owner can read it."""

from collections.abc import Iterable
from uuid import UUID

from authority.profile import AuthorityProfile
from chassis.database import Connection, Database
from services.identity.accounts.model import Account, AccountNotFound, Change
from services.identity.accounts.service import AccountService
from services.identity.events.service import EventService
from services.identity.moderation.authority import StaffAuthority
from services.identity.moderation.model import (
    MODERATORS,
    PAST,
    READERS,
    RESETTERS,
    OwnAccount,
    SecondPersonNeeded,
)
from services.identity.notices.model import Kind
from services.identity.notices.service import NoticeService
from services.identity.proofs.model import ProofRefused, Purpose
from services.identity.proofs.service import ProofService
from services.identity.second_factors.service import SecondFactorService
from services.identity.session_ends import SessionEnds

KINDS = {
    Change.SUSPEND: Kind.SUSPENDED,
    Change.TERMINATE: Kind.TERMINATED,
    Change.REINSTATE: Kind.REINSTATED,
}


class ModerationService:
    """Accounts in the hands of staff."""

    def __init__(
        self,
        database: Database,
        accounts: AccountService,
        staff: StaffAuthority,
        factors: SecondFactorService,
        proofs: ProofService,
        events: EventService,
        notices: NoticeService,
        ends: SessionEnds,
        profile: AuthorityProfile,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._staff = staff
        self._factors = factors
        self._proofs = proofs
        self._events = events
        self._notices = notices
        self._ends = ends
        self._profile = profile

    async def search(self, staff_id: UUID, claimed: Iterable[str], identifier: str) -> Account:
        """Return the account of an identifier; the look is journalled."""
        async with self._database.transaction() as connection:
            actor = await self._staff.authorise(connection, staff_id, claimed, READERS)
            account = await self._accounts.find_by_identifier(connection, identifier)
            if account is None:
                raise AccountNotFound
            await self._events.record(connection, account.id, "read-by-staff", actor)
        return account

    async def read(self, staff_id: UUID, claimed: Iterable[str], account_id: UUID) -> Account:
        """Return an account; the look is journalled."""
        async with self._database.transaction() as connection:
            actor = await self._staff.authorise(connection, staff_id, claimed, READERS)
            account = await self._accounts.find_account(connection, account_id)
            await self._events.record(connection, account.id, "read-by-staff", actor)
        return account

    async def moderate(
        self,
        staff_id: UUID,
        claimed: Iterable[str],
        account_id: UUID,
        change: Change,
        reason: str,
    ) -> None:
        """Suspend, terminate or reinstate, at once; the person is told with the reason (ACC-08).

        Raises `NotAllowed`, `OwnAccount`, `AccountNotFound` or `ChangeRefused`.
        """
        async with self._database.transaction() as connection:
            actor = await self._staff.authorise(connection, staff_id, claimed, MODERATORS[change])
            if staff_id == account_id:
                raise OwnAccount
            account = await self._accounts.lock_account(connection, account_id)
            epoch = await self._accounts.change_state(connection, account, change)
            detail = {"reason": reason}
            await self._events.record(connection, account_id, PAST[change], actor, detail)
            await self._proofs.revoke(connection, account_id)
            values = {"reason": reason, "contact": self._profile.data_protection.email}
            await self._notices.tell(connection, account, KINDS[change], values)
        await self._ends.announce(account_id, epoch)

    async def ask_factor_reset(
        self, staff_id: UUID, claimed: Iterable[str], account_id: UUID, reason: str
    ) -> str:
        """Return a token for a second member of staff, who alone can make the reset happen."""
        async with self._database.transaction() as connection:
            actor = await self._staff.authorise(connection, staff_id, claimed, RESETTERS)
            account = await self._accounts.lock_account(connection, account_id)
            detail = {"reason": reason}
            await self._events.record(connection, account.id, "factor-reset-asked", actor, detail)
            content = {"asked_by": str(staff_id)}
            return await self._proofs.issue(connection, Purpose.FACTOR_RESET, account.id, content)

    async def agree_factor_reset(self, staff_id: UUID, claimed: Iterable[str], token: str) -> UUID:
        """Take every second factor away: neither the one who asked nor the owner may agree."""
        async with self._database.transaction() as connection:
            actor = await self._staff.authorise(connection, staff_id, claimed, RESETTERS)
            proof = await self._proofs.look_at(connection, Purpose.FACTOR_RESET, token)
            if proof.account_id is None:
                raise ProofRefused
            if str(staff_id) in (proof.content["asked_by"], str(proof.account_id)):
                raise SecondPersonNeeded
            await self._proofs.redeem(connection, Purpose.FACTOR_RESET, token)
            epoch = await self._reset(connection, proof.account_id)
            await self._events.record(connection, proof.account_id, "factors-reset", actor)
        await self._ends.announce(proof.account_id, epoch)
        return proof.account_id

    async def _reset(self, connection: Connection, account_id: UUID) -> int:
        account = await self._accounts.lock_account(connection, account_id)
        await self._factors.reset(connection, account_id)
        await self._notices.tell(
            connection, account, Kind.FACTOR_REMOVED, {"factor": "*"}, freezable=True
        )
        return await self._accounts.end_sessions(connection, account_id)
