"""What follows a filing, put together: the desk and all that hangs on a request's steps."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from aiohttp import web

from chassis.blobs import BlobStore
from chassis.clock import IdSource
from chassis.http_client import ServiceClient, open_session
from chassis.keyring import Keyring
from chassis.mailer import Mailer
from services.procedures.business_api.service import BusinessService
from services.procedures.corrections.service import CorrectionService
from services.procedures.decisions.service import DecisionService
from services.procedures.desk.bulk import BulkService
from services.procedures.desk.names import NameIndex
from services.procedures.desk.reader import DeskReader
from services.procedures.desk.service import DeskService
from services.procedures.digests.identity import find_address
from services.procedures.digests.service import SEND_DIGEST, DigestService
from services.procedures.documents.service import DocumentService
from services.procedures.dossiers.reader import DossierReader
from services.procedures.exports.service import ExportService
from services.procedures.filing.service import OnFiled
from services.procedures.following.reader import FollowingReader
from services.procedures.lifecycle.service import (
    NOTIFY_PERSON,
    NOTIFY_SERVICE,
    LifecycleService,
)
from services.procedures.messages.service import MessageService
from services.procedures.notices.service import NoticeService
from services.procedures.readings.service import ReadingService
from services.procedures.requests.service import RequestService
from services.procedures.retention.service import RetentionService
from services.procedures.settings import Settings
from services.procedures.statistics.service import StatisticsService
from services.procedures.webhooks.model import Targets
from services.procedures.webhooks.sending import post_delivery
from services.procedures.webhooks.service import DELIVER, WebhookService

# how often what no one asks for is looked at: ageing requests, data whose day has come
WATCH_SECONDS = 300.0
JobHandlers = Mapping[str, Callable[[dict[str, Any]], Awaitable[None]]]

log = structlog.get_logger()


@dataclass(frozen=True)
class Reception:
    """What must be there before anything is filed: it takes part in each filing."""

    lifecycle: LifecycleService
    desk: DeskService

    @property
    def on_filed(self) -> Sequence[OnFiled]:
        """Return what is done in the transaction of a filing."""
        return (self.desk.index_names, self.lifecycle.open_case)


@dataclass(frozen=True)
class Office:
    """The use cases of filed requests, ready; the worker uses the same."""

    lifecycle: LifecycleService
    desk: DeskService
    bulk: BulkService
    messages: MessageService
    corrections: CorrectionService
    decisions: DecisionService
    readings: ReadingService
    notices: NoticeService
    following: FollowingReader
    desk_reader: DeskReader
    statistics: StatisticsService
    retention: RetentionService
    exports: ExportService
    business: BusinessService
    webhooks: WebhookService
    digests: DigestService
    public_url: str

    def job_handlers(self, mailer: Mailer) -> JobHandlers:
        """Return the durable jobs that the steps of requests enqueue."""

        async def notify_person(payload: dict[str, Any]) -> None:
            request_id = UUID(payload["request_id"])
            await self.notices.tell_person(request_id, payload["position"], mailer)

        async def notify_service(payload: dict[str, Any]) -> None:
            await self.notices.tell_service(UUID(payload["request_id"]), mailer)

        async def deliver(payload: dict[str, Any]) -> None:
            async with open_session(limit=1) as session:
                post = partial(post_delivery, session)
                await self.webhooks.deliver(UUID(payload["delivery_id"]), post)

        async def send_digest(payload: dict[str, Any]) -> None:
            staff_id, day = UUID(payload["staff_id"]), date.fromisoformat(payload["day"])
            await self.digests.send(staff_id, day, mailer)

        return {
            NOTIFY_PERSON: notify_person,
            NOTIFY_SERVICE: notify_service,
            DELIVER: deliver,
            SEND_DIGEST: send_digest,
        }

    async def watch(self) -> None:
        """Escalate what waited too long, destroy what was kept long enough, plan the digests."""
        escalated = await self.lifecycle.escalate_ageing()
        erased = await self.retention.erase_due()
        digests = await self.digests.plan()
        if escalated or erased or digests:
            log.info("requests watched", escalated=escalated, erased=erased, digests=digests)

    async def watch_until(self, stopped: asyncio.Event) -> None:
        """Watch every five minutes; several processes may do it at once."""
        while not stopped.is_set():
            try:
                await self.watch()
            except Exception:
                log.exception("requests not watched")
            try:
                async with asyncio.timeout(WATCH_SECONDS):
                    await stopped.wait()
            except TimeoutError:
                continue


OFFICE = web.AppKey("office", Office)


def build_reception(requests: RequestService, settings: Settings) -> Reception:
    """Build what takes part in filings."""
    lifecycle = LifecycleService(requests)
    return Reception(lifecycle, DeskService(lifecycle, NameIndex(settings.tracking_key)))


def build_office(
    reception: Reception,
    documents: DocumentService,
    dossiers: DossierReader,
    blobs: BlobStore,
    settings: Settings,
    identity: ServiceClient,
) -> Office:
    """Build the rest on the same reception."""
    lifecycle, requests = reception.lifecycle, reception.lifecycle.requests
    readings = ReadingService(requests.database, requests.clock)
    messages = MessageService(lifecycle)
    corrections = CorrectionService(lifecycle)
    decisions = DecisionService(lifecycle)
    keyring, targets = Keyring(settings.master_key), _targets(settings)
    business = BusinessService(lifecycle, IdSource())
    following = FollowingReader(lifecycle, messages, corrections, readings, documents)
    return Office(
        lifecycle=lifecycle,
        desk=reception.desk,
        bulk=BulkService(reception.desk, lifecycle, corrections, messages),
        messages=messages,
        corrections=corrections,
        decisions=decisions,
        readings=readings,
        notices=NoticeService(lifecycle, decisions, corrections, settings.public_url),
        following=following,
        desk_reader=DeskReader(
            reception.desk, lifecycle, dossiers, following, readings, corrections
        ),
        statistics=StatisticsService(lifecycle),
        retention=RetentionService(lifecycle, blobs),
        exports=ExportService(lifecycle, readings),
        business=business,
        webhooks=WebhookService(lifecycle, keyring, targets, IdSource(), business.note),
        digests=_digests(reception, identity, settings.public_url),
        public_url=settings.public_url,
    )


def _targets(settings: Settings) -> Targets:
    local = settings.process.environment != "production"
    return Targets(frozenset(settings.webhook_hosts), local)


def _digests(reception: Reception, identity: ServiceClient, public_url: str) -> DigestService:
    find = partial(find_address, identity)
    return DigestService(reception.lifecycle, reception.desk, find, public_url)
