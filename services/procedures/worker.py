"""The worker: runs the durable jobs of the service (acknowledgements)."""

import asyncio
from typing import Any
from uuid import UUID

import structlog

from chassis.application import start_operations, stop_event
from chassis.clock import Clock
from chassis.health import Health
from chassis.jobs import JobWorker, open_job_pool, run_until
from chassis.mailer import Mailer
from services.procedures.app import Parts, open_parts
from services.procedures.documents.service import SCAN_DOCUMENT
from services.procedures.drafts.service import WARN_DRAFT
from services.procedures.filing.service import ACKNOWLEDGE
from services.procedures.resumptions.service import SEND_LINK
from services.procedures.settings import Settings

log = structlog.get_logger()


async def work(settings: Settings) -> None:
    """Run jobs until SIGTERM, then finish those under way."""
    stopped = stop_event()
    clock = Clock()
    health = Health("procedures-worker", clock)
    async with open_parts(settings, clock) as parts:
        health.essential["database"] = parts.database.check
        operations = await start_operations(health, settings.process)
        pool = await open_job_pool(settings.database_url)
        try:
            worker = JobWorker(pool, _handlers(parts, settings, clock))
            health.others["jobs"] = worker.check
            log.info("working", operations_port=settings.process.operations_port)
            following = asyncio.create_task(parts.cashier.follow_until(stopped))
            tidying = asyncio.create_task(parts.drafts.tidy_until(stopped))
            watching = asyncio.create_task(parts.office.watch_until(stopped))
            await run_until(worker, stopped)
            stopped.set()
            await watching
            stopped.set()
            await following
            await tidying
        finally:
            await asyncio.shield(pool.close())
            await operations.cleanup()


def _handlers(parts: Parts, settings: Settings, clock: Clock) -> Any:
    mailer = Mailer(settings.smtp_url, settings.mail_from, clock)

    async def acknowledge_filing(payload: dict[str, Any]) -> None:
        request_id = UUID(payload["request_id"])
        await parts.acknowledgements.send(request_id, mailer, settings.public_url)

    async def scan_document(payload: dict[str, Any]) -> None:
        await parts.upkeep.scan_pending(UUID(payload["request_id"]), UUID(payload["file_id"]))

    async def warn_draft(payload: dict[str, Any]) -> None:
        await parts.drafts.send_warning(UUID(payload["request_id"]), mailer)

    async def send_resume_link(payload: dict[str, Any]) -> None:
        request_id, link_id = UUID(payload["request_id"]), UUID(payload["link_id"])
        await parts.resumptions.mail_link(request_id, link_id, mailer)

    return {
        SEND_LINK: send_resume_link,
        ACKNOWLEDGE: acknowledge_filing,
        WARN_DRAFT: warn_draft,
        SCAN_DOCUMENT: scan_document,
        **parts.office.job_handlers(mailer),
        **parts.cashier.job_handlers(mailer),
    }
