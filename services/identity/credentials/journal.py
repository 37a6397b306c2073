"""The trail of sign-ins: by account, without any personal datum (ASVS 16.3)."""

import asyncio
from uuid import UUID

import structlog
from prometheus_client import Counter

from chassis.audit import append_audit
from chassis.clock import Clock
from chassis.database import Connection, Database
from services.identity.accounts.service import AccountService
from services.identity.events.model import BY_LINK, BY_OWNER
from services.identity.events.service import EventService

SIGN_INS = Counter("parvis_sign_ins_total", "Sign-in attempts", ["outcome"])
ACTOR = "gateway"
DRAIN_SECONDS = 5.0

log = structlog.get_logger()


class SignInJournal:
    """Writes who signed in, and which accounts somebody failed to sign in to."""

    def __init__(
        self, database: Database, accounts: AccountService, events: EventService, clock: Clock
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._events = events
        self._clock = clock
        self._writing: set[asyncio.Task[None]] = set()

    async def record_sign_in(self, account_id: UUID, method: str, device: str) -> None:
        """Write a success; the person is not signed in before it is kept."""
        SIGN_INS.labels("accepted").inc()
        async with self._database.transaction() as connection:
            await self._accounts.note_seen(connection, account_id)
            detail = {"method": method, "device": device}
            await self._events.record(connection, account_id, "signed-in", BY_OWNER, detail)
            await self._append(connection, account_id, "signed-in", {"method": method})

    def record_refusal(self, account_id: UUID | None, reason: str) -> None:
        """Count a failure, and write it where there is an account.

        Written after the answer: waiting for it would tell that the identifier exists.
        """
        SIGN_INS.labels("refused" if account_id else "unknown").inc()
        if account_id is not None:
            writing = asyncio.create_task(
                self._append_safely(account_id, "sign-in-refused", {"reason": reason})
            )
            self._writing.add(writing)
            writing.add_done_callback(self._writing.discard)

    async def drain(self) -> None:
        """Wait for what is being written, when the service stops."""
        if self._writing:
            await asyncio.wait(self._writing, timeout=DRAIN_SECONDS)

    async def _append_safely(self, account_id: UUID, action: str, detail: dict[str, str]) -> None:
        try:
            async with self._database.transaction() as connection:
                await self._events.record(connection, account_id, action, BY_LINK, detail)
                await self._append(connection, account_id, action, detail)
        except Exception:
            log.exception("a refused sign-in was not written")

    async def _append(
        self, connection: Connection, account_id: UUID, action: str, detail: dict[str, str]
    ) -> None:
        await append_audit(
            connection,
            at=self._clock.now(),
            actor=ACTOR,
            action=action,
            subject=f"account:{account_id}",
            detail=detail,
        )
