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
from pgqueuer.core.executors import (
    DatabaseRetryEntrypointExecutor,
    EntrypointExecutorParameters,
)
from pgqueuer.models import Job
from pgqueuer.queries import Queries

from chassis.database import Connection

JobHandler = Callable[[dict[str, Any]], Awaitable[None]]

log = structlog.get_logger()

MAX_ATTEMPTS = 50
HEARTBEAT = timedelta(seconds=30)


async def enqueue_job(
    connection: Connection,
    name: str,
    payload: Mapping[str, Any],
    *,
    delay: timedelta | None = None,
) -> None:
    """Add the job `name` in the caller's transaction; it runs after the commit, and `delay`."""
    # a connection lent by a pool is a proxy with the same methods
    queries = Queries.from_asyncpg_connection(cast(asyncpg.Connection, connection))
    await queries.enqueue(name, json.dumps(dict(payload)).encode(), execute_after=delay)


class JobWorker:
    """Runs the jobs of one service until told to stop, then finishes those under way."""

    def __init__(self, pool: asyncpg.Pool, handlers: Mapping[str, JobHandler]) -> None:
        self._queue = PgQueuer.from_asyncpg_pool(pool)
        for name, handler in handlers.items():
            self._register(name, handler)

    def _register(self, name: str, handler: JobHandler) -> None:
        async def run(job: Job) -> None:
            payload = json.loads(job.payload or b"{}")
            with structlog.contextvars.bound_contextvars(job=name, job_id=int(job.id)):
                try:
                    await handler(payload)
                except Exception:
                    log.exception("job failed", attempts=job.attempts)
                    raise

        self._queue.entrypoint(name, on_failure="hold", executor_factory=_with_retries)(run)

    async def run(self) -> None:
        """Run jobs until `stop`; reconnecting after a lost database is the supervisor's part."""
        await self._queue.run(dequeue_timeout=timedelta(seconds=5), heartbeat_timeout=HEARTBEAT)

    def stop(self) -> None:
        """Take no more jobs."""
        self._queue.shutdown.set()


def _with_retries(parameters: EntrypointExecutorParameters) -> DatabaseRetryEntrypointExecutor:
    return DatabaseRetryEntrypointExecutor(
        parameters=parameters,
        max_attempts=MAX_ATTEMPTS,
        initial_delay=timedelta(seconds=1),
        max_delay=timedelta(minutes=15),
    )


async def open_job_pool(url: str) -> asyncpg.Pool:
    """Open the worker's own pool: PgQueuer keeps one of its connections to listen."""
    return await asyncpg.create_pool(url, min_size=2, max_size=6)


async def run_until(worker: JobWorker, stopped: asyncio.Event) -> None:
    """Run `worker` until `stopped` is set or it fails."""
    running = asyncio.ensure_future(worker.run())
    waiting = asyncio.ensure_future(stopped.wait())
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
    worker.stop()
    waiting.cancel()
    await running
