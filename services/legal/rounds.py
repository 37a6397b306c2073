"""What the worker does by the clock: tell what comes into force, publish heads, forget in time.

Every part may be done twice, or by two workers at once, without harm.
"""

import asyncio
from datetime import datetime, timedelta

import structlog

from chassis.clock import Clock
from services.legal.documents.publishing import PublicationService
from services.legal.feedback.service import FeedbackService
from services.legal.heads.service import HeadService

# at the longest; a change that is due earlier is told at its own instant
PAUSE = timedelta(seconds=30)

log = structlog.get_logger()


class Rounds:
    """The clock's own work."""

    def __init__(
        self,
        publications: PublicationService,
        heads: HeadService,
        feedback: FeedbackService,
        clock: Clock,
    ) -> None:
        self._publications = publications
        self._heads = heads
        self._feedback = feedback
        self._clock = clock
        # what came into force while no worker ran is told again: it harms nobody
        self._told_until = clock.now() - timedelta(days=1)

    async def run(self, stopped: asyncio.Event) -> None:
        """Make rounds until `stopped`; a failed one is logged and made again."""
        while not stopped.is_set():
            try:
                pause = await self.make()
            except Exception:
                log.exception("round failed")
                pause = PAUSE
            try:
                await asyncio.wait_for(stopped.wait(), pause.total_seconds())
            except TimeoutError:
                continue

    async def make(self) -> timedelta:
        """Make one round and return how long to wait for the next."""
        now = self._clock.now()
        await self._publications.tell_in_force(self._told_until, now)
        self._told_until = now
        await self._publish_head()
        if begun := await self._feedback.enqueue_forgotten():
            log.warning("feedback not delivered for a day", messages=begun)
        if erased := await self._feedback.erase_old():
            log.info("feedback erased", messages=erased)
        return self._pause(await self._publications.find_next_change(now), now)

    async def _publish_head(self) -> None:
        published, new = await self._heads.publish_head()
        if new:
            # logs are kept elsewhere than the database: one more witness
            head = published.head
            log.info("head published", position=head.position, hash=head.hash.hex())

    def _pause(self, change: datetime | None, now: datetime) -> timedelta:
        return min(change - now, PAUSE) if change is not None else PAUSE
