"""Durable jobs, enqueued in the transaction of the data that they are about (PgQueuer).

A job is run at least once: handlers are idempotent. A failing one is tried again with growing
delays, then held for an operator; it is never dropped.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, cast

import asyncpg
import structlog
from pgqueuer import PgQueuer
from pgqueuer.errors import RetryRequested
from pgqueuer.models import Job
from pgqueuer.queries import Queries

from chassis.clock import jitter
from chassis.database import Connection, Database, open_when_up
from chassis.metrics import JOBS

JobHandler = Callable[[dict[str, Any]], Awaitable[None]]

log = structlog.get_logger()

# with a quarter of an hour between the last ones: about three days
MAX_ATTEMPTS = 300
FIRST_DELAY_SECONDS = 1.0
LONGEST_DELAY_SECONDS = 900.0
HEARTBEAT = timedelta(seconds=30)


class JobGivenUp(Exception):
    """The job failed too often: it is held until an operator asks for it again."""


async def enqueue_job(
    connection: Connection,
    name: str,
    payload: Mapping[str, Any],
    *,
    delay: timedelta | None = None,
) -> None:
    """Add the job `name` in the caller's transaction; it runs after the commit, and `delay`."""
    await _queries(connection).enqueue(
        name, json.dumps(dict(payload)).encode(), execute_after=delay
    )


async def requeue_held_jobs(connection: Connection) -> int:
    """Ask again for every job that was given up, and return how many there were."""
    queries = _queries(connection)
    held = await queries.list_failed_jobs(limit=1000)
    if held:
        await queries.requeue_jobs([job.id for job in held])
    return len(held)


async def requeue_jobs_of(database_url: str) -> int:
    """Ask again for the jobs of a database that were given up; return how many there were."""
    database = await Database.open(database_url, size=1)
    try:
        async with database.connection() as connection:
            return await requeue_held_jobs(connection)
    finally:
        await database.close()


def retry_seconds(attempts: int) -> float:
    """Return how long to wait after `attempts` failures: doubling, up to a quarter of an hour."""
    growing = FIRST_DELAY_SECONDS * 2.0 ** min(attempts, 20)
    return jitter(min(growing, LONGEST_DELAY_SECONDS))


class JobWorker:
    """Runs the jobs of one service until told to stop, then finishes those under way."""

    def __init__(self, pool: asyncpg.Pool, handlers: Mapping[str, JobHandler]) -> None:
        self._pool = pool
        self._queue = PgQueuer.from_asyncpg_pool(pool)
        for name, handler in handlers.items():
            self._register(name, handler)

    def _register(self, name: str, handler: JobHandler) -> None:
        async def run(job: Job) -> None:
            payload = json.loads(job.payload or b"{}")
            with structlog.contextvars.bound_contextvars(job=name, job_id=int(job.id)):
                await _attempt(name, handler, payload, job.attempts)

        self._queue.entrypoint(name, on_failure="hold")(run)

    async def run(self) -> None:
        """Run jobs until `stop`; reconnecting after a lost database is the supervisor's part."""
        await self._queue.run(dequeue_timeout=timedelta(seconds=5), heartbeat_timeout=HEARTBEAT)

    def stop(self) -> None:
        """Take no more jobs."""
        self._queue.shutdown.set()

    async def check(self) -> Mapping[str, Any]:
        """Health check: how many jobs wait, are under way, and are held for an operator."""
        async with self._pool.acquire() as connection:
            sizes = await _queries(connection).queue_size()
        counts = {"queued": 0, "picked": 0, "failed": 0}
        for size in sizes:
            counts[size.status] = counts.get(size.status, 0) + size.count
        return {
            "waiting": counts["queued"],
            "under_way": counts["picked"],
            "held": counts["failed"],
        }


async def _attempt(name: str, handler: JobHandler, payload: Any, attempts: int) -> None:
    try:
        await handler(payload)
    except Exception as error:
        JOBS.labels(name, "failed").inc()
        log.exception("job failed", attempts=attempts)
        # the error's own words stay out of the queue's tables: they may be personal
        if attempts >= MAX_ATTEMPTS:
            raise JobGivenUp(type(error).__name__) from None
        delay = timedelta(seconds=retry_seconds(attempts))
        raise RetryRequested(delay=delay, reason=type(error).__name__) from None
    JOBS.labels(name, "done").inc()


def _queries(connection: Connection) -> Queries:
    # a connection lent by a pool is a proxy with the same methods
    return Queries.from_asyncpg_connection(cast(asyncpg.Connection, connection))


async def open_job_pool(url: str) -> asyncpg.Pool:
    """Open the worker's own pool: PgQueuer keeps one of its connections to listen."""
    return await open_when_up(lambda: asyncpg.create_pool(url, min_size=2, max_size=6))


async def run_until(worker: JobWorker, stopped: asyncio.Event) -> None:
    """Run `worker` until `stopped` is set or it fails."""
    running = asyncio.ensure_future(worker.run())
    waiting = asyncio.ensure_future(stopped.wait())
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
    worker.stop()
    waiting.cancel()
    await running
