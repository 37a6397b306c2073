"""Use cases of erasure: at once, with time to change one's mind, for want of use, replayed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.audit import append_audit
from chassis.clock import Clock
from chassis.database import Connection, Database
from chassis.jobs import enqueue_job
from services.identity.accounts.lifecycle_service import LifecycleService
from services.identity.accounts.model import Account, Change, State, next_state
from services.identity.accounts.service import AccountService
from services.identity.copies.contributors import Contributors
from services.identity.erasures.journal import Erasure, ErasureJournal
from services.identity.erasures.model import (
    CHANGE_OF_MIND,
    DAYS_IN_MONTH,
    UNCONFIRMED,
    WARNING,
    Reason,
    StaffAccountKept,
)
from services.identity.erasures.repository import ErasureRepository
from services.identity.events.model import BY_OWNER, BY_SYSTEM
from services.identity.events.service import EventService
from services.identity.notices.model import Kind, Notice
from services.identity.notices.service import NoticeService
from services.identity.proofs.model import ProofRefused, Purpose
from services.identity.proofs.service import ProofService
from services.identity.session_ends import SessionEnds

JOURNAL_ERASURE = "journal-erasure"
ERASE_ELSEWHERE = "erase-elsewhere"


class ErasureService:
    """Erases accounts. Durable jobs write it outside the database, and tell other services."""

    def __init__(
        self,
        database: Database,
        accounts: AccountService,
        lifecycle: LifecycleService,
        proofs: ProofService,
        events: EventService,
        notices: NoticeService,
        ends: SessionEnds,
        journal: ErasureJournal,
        contributors: Contributors,
        clock: Clock,
        *,
        inactive_months: int,
        zone: ZoneInfo,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._lifecycle = lifecycle
        self._proofs = proofs
        self._events = events
        self._notices = notices
        self._ends = ends
        self._journal = journal
        self._contributors = contributors
        self._clock = clock
        self._inactive = timedelta(days=round(inactive_months * DAYS_IN_MONTH))
        self._zone = zone
        self._erasures = ErasureRepository()

    async def erase_now(self, account_id: UUID, step_up: str) -> None:
        """Erase one's own account at once; nothing of it can be read again, by anybody."""
        async with self._database.transaction() as connection:
            account = await self._begin(connection, account_id, step_up)
            epoch = await self.erase(connection, account, Reason.OWNER)
        await self._ends.announce(account_id, epoch)

    async def plan(self, account_id: UUID, step_up: str) -> datetime:
        """Plan the erasure of one's own account in 14 days, and return when."""
        due = self._clock.now() + CHANGE_OF_MIND
        async with self._database.transaction() as connection:
            account = await self._begin(connection, account_id, step_up)
            await self._lifecycle.plan_erasure(connection, account_id, due)
            await self._events.record(connection, account_id, "erasure-planned", BY_OWNER)
            values = {"day": self._day(due)}
            await self._notices.tell(
                connection, account, Kind.ERASURE_PLANNED, values, freezable=True
            )
        return due

    async def keep(self, account_id: UUID) -> None:
        """Change one's mind."""
        async with self._database.transaction() as connection:
            await self._accounts.lock_active(connection, account_id)
            await self._lifecycle.plan_erasure(connection, account_id, None)
            await self._events.record(connection, account_id, "erasure-cancelled", BY_OWNER)

    async def erase(self, connection: Connection, account: Account, reason: Reason) -> int:
        """Erase a locked account in the caller's transaction and return its last epoch."""
        next_state(account.state, Change.ERASE)
        if account.roles:
            raise StaffAccountKept
        now = self._clock.now()
        if account.profile.email and account.state != State.PENDING:
            # sealed with the service's key: the account's own is about to be destroyed
            notice = Notice(Kind.ERASED, account.profile.email, account.language)
            await self._notices.send(connection, notice)
        epoch = await self._erasures.erase(connection, account.id, now, reason)
        payload = {
            "account_id": str(account.id),
            "erased_at": now.isoformat(),
            "reason": reason,
        }
        await enqueue_job(connection, JOURNAL_ERASURE, payload)
        await enqueue_job(connection, ERASE_ELSEWHERE, {"account_id": str(account.id)})
        await append_audit(
            connection,
            at=now,
            actor="identity",
            action="erased",
            subject=f"account:{account.id}",
            detail={"reason": reason},
        )
        return epoch or 0

    async def write_journal(self, payload: Mapping[str, Any]) -> None:
        """Write an erasure outside the database (a job)."""
        await self._journal.write(
            Erasure(
                UUID(payload["account_id"]),
                datetime.fromisoformat(payload["erased_at"]),
                Reason(payload["reason"]),
            )
        )

    async def erase_elsewhere(self, payload: Mapping[str, Any]) -> None:
        """Have the other services give up what they hold for an erased account (a job)."""
        await self._contributors.give_up(UUID(payload["account_id"]))

    async def replay(self) -> int:
        """Erase again what a restored backup gave back; return how many accounts.

        The other services are told of every erasure: their databases may be restored alone.
        """
        count = 0
        async for erasure in self._journal.read():
            async with self._database.transaction() as connection:
                epoch = await self._erasures.erase(
                    connection, erasure.account_id, erasure.erased_at, erasure.reason
                )
                payload = {"account_id": str(erasure.account_id)}
                await enqueue_job(connection, ERASE_ELSEWHERE, payload)
            count += epoch is not None
        return count

    async def expire(self) -> Mapping[str, int]:
        """Do what is due: planned erasures, unused accounts, warnings; return how many of each."""
        now = self._clock.now()
        async with self._database.transaction() as connection:
            await self._proofs.forget_expired(connection)
            dropped = await self._lifecycle.drop_unconfirmed(connection, now - UNCONFIRMED)
            planned = await self._lifecycle.list_to_erase(connection, now)
            unused = await self._lifecycle.list_to_expire(
                connection, now - self._inactive, now - WARNING
            )
            to_warn = await self._lifecycle.list_to_warn(connection, now - self._inactive + WARNING)
        for account_id in planned:
            await self._erase_due(account_id, Reason.OWNER)
        for account_id in unused:
            await self._erase_due(account_id, Reason.INACTIVE)
        for account_id in to_warn:
            await self._warn(account_id)
        return {
            "unconfirmed": dropped,
            "planned": len(planned),
            "unused": len(unused),
            "warned": len(to_warn),
        }

    async def _begin(self, connection: Connection, account_id: UUID, step_up: str) -> Account:
        account = await self._accounts.lock_active(connection, account_id)
        proof = await self._proofs.redeem(connection, Purpose.STEP_UP, step_up)
        if proof.account_id != account_id:
            raise ProofRefused
        if account.roles:
            raise StaffAccountKept
        return account

    async def _erase_due(self, account_id: UUID, reason: Reason) -> None:
        """Erase, unless the owner came back or changed their mind meanwhile."""
        now = self._clock.now()
        async with self._database.transaction() as connection:
            account = await self._accounts.lock_account(connection, account_id)
            due = account.erasure_due_at
            if reason == Reason.OWNER and (due is None or due > now):
                return
            if reason == Reason.INACTIVE and account.warned_at is None:
                return
            epoch = await self.erase(connection, account, reason)
        await self._ends.announce(account_id, epoch)

    async def _warn(self, account_id: UUID) -> None:
        now = self._clock.now()
        async with self._database.transaction() as connection:
            account = await self._accounts.lock_account(connection, account_id)
            await self._lifecycle.note_warned(connection, account_id, now)
            await self._events.record(connection, account_id, "inactivity-warned", BY_SYSTEM)
            values = {"day": self._day(now + WARNING)}
            await self._notices.tell(connection, account, Kind.INACTIVE, values)

    def _day(self, moment: datetime) -> str:
        return moment.astimezone(self._zone).strftime("%d/%m/%Y")
