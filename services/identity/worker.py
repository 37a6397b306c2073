"""The worker: runs the durable jobs of the service (mails, recoveries)."""

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog

from chassis.application import start_operations, stop_event
from chassis.clock import Clock
from chassis.health import Health
from chassis.jobs import JobHandler, JobWorker, open_job_pool, run_until
from chassis.mailer import Mailer
from services.identity.assembly import Parts, open_parts
from services.identity.notices.service import SEND_NOTICE
from services.identity.recoveries.service import RECOVER
from services.identity.settings import Settings

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
            worker = JobWorker(pool, job_handlers(parts, settings, clock))
            health.others["jobs"] = worker.check
            log.info("working", operations_port=settings.process.operations_port)
            await run_until(worker, stopped)
        finally:
            await asyncio.shield(pool.close())
            await operations.cleanup()


def job_handlers(parts: Parts, settings: Settings, clock: Clock) -> Mapping[str, JobHandler]:
    """Return what runs each job."""
    mailer = Mailer(settings.smtp_url, settings.mail_from, clock)

    async def send_notice(payload: dict[str, Any]) -> None:
        await parts.notices.deliver(payload, mailer)

    return {SEND_NOTICE: send_notice, RECOVER: parts.recoveries.look_for}
