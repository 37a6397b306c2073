"""The worker: runs the durable jobs of the service (feedback), and its rounds by the clock."""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import structlog

from chassis.application import start_operations, stop_event
from chassis.clock import Clock
from chassis.health import Health
from chassis.jobs import JobHandler, JobWorker, open_job_pool, run_until
from chassis.mailer import Mailer
from services.legal.app import Parts, open_parts
from services.legal.feedback.mailing import FeedbackMailing
from services.legal.feedback.service import ACKNOWLEDGE, DELIVER
from services.legal.rounds import Rounds
from services.legal.settings import Settings

log = structlog.get_logger()


async def work(settings: Settings) -> None:
    """Run jobs and rounds until SIGTERM, then finish those under way."""
    stopped = stop_event()
    clock = Clock()
    health = Health("legal-worker", clock)
    async with open_parts(settings, clock) as parts:
        health.essential["database"] = parts.database.check
        health.others["redis"] = parts.news.check
        operations = await start_operations(health, settings.process)
        pool = await open_job_pool(settings.database_url)
        rounds = Rounds(parts.publications, parts.heads, parts.feedback, clock)
        turning = asyncio.ensure_future(rounds.run(stopped))
        try:
            worker = JobWorker(pool, job_handlers(parts, settings, clock))
            health.others["jobs"] = worker.check
            log.info("working", operations_port=settings.process.operations_port)
            await run_until(worker, stopped)
        finally:
            stopped.set()
            await asyncio.shield(turning)
            await asyncio.shield(pool.close())
            await operations.cleanup()


def job_handlers(parts: Parts, settings: Settings, clock: Clock) -> Mapping[str, JobHandler]:
    """Return what runs each job of the service."""
    mailer = Mailer(settings.smtp_url, settings.mail_from, clock)
    mailing = FeedbackMailing(parts.feedback, mailer, parts.profile)

    async def deliver(payload: dict[str, Any]) -> None:
        await mailing.deliver(UUID(payload["feedback_id"]))

    async def acknowledge(payload: dict[str, Any]) -> None:
        await mailing.acknowledge(UUID(payload["feedback_id"]))

    return {DELIVER: deliver, ACKNOWLEDGE: acknowledge}
