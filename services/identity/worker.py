"""The worker: runs the durable jobs (mails, copies, erasures...) and, each hour, what is due."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import structlog

from chassis.application import start_operations, stop_event
from chassis.clock import Clock
from chassis.health import Health
from chassis.jobs import JobHandler, JobWorker, open_job_pool, run_until
from chassis.mailer import Mailer
from services.identity.assembly import Parts, open_parts
from services.identity.copies.service import MAKE_COPY
from services.identity.erasures.service import ERASE_ELSEWHERE, JOURNAL_ERASURE
from services.identity.notices.service import SEND_NOTICE
from services.identity.recoveries.service import RECOVER
from services.identity.settings import Settings

DUE_SECONDS = 3600.0

log = structlog.get_logger()


async def work(settings: Settings) -> None:
    """Run jobs until SIGTERM, then finish those under way."""
    stopped = stop_event()
    clock = Clock()
    health = Health("identity-worker", clock)
    async with open_parts(settings, clock) as parts:
        health.essential["database"] = parts.database.check
        operations = await start_operations(health, settings.process)
        pool = await open_job_pool(settings.database_url)
        try:
            mailer = Mailer(settings.smtp_url, settings.mail_from, clock)
            worker = JobWorker(pool, job_handlers(parts, mailer))
            due = asyncio.create_task(_do_what_is_due(parts, stopped))
            health.others["jobs"] = worker.check
            log.info("working", operations_port=settings.process.operations_port)
            await run_until(worker, stopped)
            await due
        finally:
            await asyncio.shield(pool.close())
            await operations.cleanup()


def job_handlers(parts: Parts, mailer: Mailer) -> Mapping[str, JobHandler]:
    """Return what runs each job."""

    async def send_notice(payload: dict[str, Any]) -> None:
        await parts.core.notices.deliver(payload, mailer)

    return {
        SEND_NOTICE: send_notice,
        RECOVER: parts.recoveries.look_for,
        MAKE_COPY: parts.copies.make,
        JOURNAL_ERASURE: parts.erasures.write_journal,
        ERASE_ELSEWHERE: parts.erasures.erase_elsewhere,
    }


async def _do_what_is_due(parts: Parts, stopped: asyncio.Event) -> None:
    """Warn and erase unused accounts, and forget what is too old, until told to stop."""
    while not stopped.is_set():
        try:
            await parts.copies.expire()
            log.info("did what was due", **await parts.erasures.expire())
        except Exception:
            log.exception("what is due was not done")
        with suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), DUE_SECONDS)
