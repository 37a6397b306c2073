"""Use case: the durable schedule. What is due is looked up, by one process at a time."""

import asyncio
from datetime import timedelta

import structlog

from services.procedures.payments.model import Attempt, AttemptState
from services.procedures.payments.payfip import PayFip
from services.procedures.payments.settling import Settling

log = structlog.get_logger()

# should we die, another process takes over what we had taken after this
CLAIM = timedelta(minutes=2)
BATCH = 20
AT_ONCE = 4
PAUSE_SECONDS = 5.0


class Following:
    """Looks up the attempts that are due; the schedule is a column, so a crash loses nothing."""

    def __init__(self, settling: Settling, payfip: PayFip) -> None:
        self._settling = settling
        self._payfip = payfip
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def follow_due(self, limit: int = BATCH) -> int:
        """Take at most `limit` due attempts, look them up, and return how many they were."""
        now = self._settling.clock.now()
        async with self._settling.database.transaction() as connection:
            attempts = self._settling.attempts
            due = await attempts.claim_due(connection, now, now + CLAIM, limit)
        await asyncio.gather(*(self._follow(attempt) for attempt in due))
        return len(due)

    async def follow_until(self, stopped: asyncio.Event) -> None:
        """Follow until `stopped`; a failure (the database away) is tried again."""
        while not stopped.is_set():
            try:
                found = await self.follow_due()
            except Exception:
                log.exception("payments not followed")
                found = 0
            if found < BATCH:
                await _wait(stopped, PAUSE_SECONDS)

    async def _follow(self, attempt: Attempt) -> None:
        async with self._slots:
            if attempt.state is AttemptState.PAID:
                return
            if attempt.idop is None:
                await self._settling.age(attempt.id)
            else:
                finding = await self._payfip.look_up(attempt.idop)
                await self._settling.settle(attempt.id, finding, "schedule")


async def _wait(stopped: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stopped.wait()
    except TimeoutError:
        return
