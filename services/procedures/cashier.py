"""Payments and partners, put together on the service's database and session."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from aiohttp import web

from chassis.http_client import ClientSession
from chassis.jobs import JobHandler
from chassis.mailer import Mailer
from services.procedures.catalogue.model import Kind
from services.procedures.partners.probe import answers
from services.procedures.partners.service import PartnerService
from services.procedures.payments.assembly import PaymentKeys, Payments, build_payments
from services.procedures.payments.cash_office import CashOffice
from services.procedures.payments.fees import Fees
from services.procedures.payments.payfip import SERVICE_PATH
from services.procedures.payments.receipts import Receipts
from services.procedures.payments.regie import PRODUCTION
from services.procedures.payments.retention import PaymentRetention
from services.procedures.payments.returning import LOOK_UP_PAYMENT
from services.procedures.payments.settling import ACKNOWLEDGE_PAYMENT
from services.procedures.requests.service import RequestService
from services.procedures.requests.terms import TermsReceipts
from services.procedures.settings import Settings

log = structlog.get_logger()

PROBE_SECONDS = 60.0
# what does not answer is asked again sooner: an outage is known after 20 seconds more
PROBE_AGAIN_SECONDS = 10.0
RETENTION_SECONDS = 3600.0


@dataclass(frozen=True)
class Cashier:
    """The use cases of payments and partners, ready; the worker uses the same."""

    payments: Payments
    office: CashOffice
    receipts: Receipts
    fees: Fees
    partners: PartnerService
    retention: PaymentRetention

    def job_handlers(self, mailer: Mailer) -> Mapping[str, JobHandler]:
        """Return the durable jobs of payments."""

        async def acknowledge_payment(payload: dict[str, Any]) -> None:
            await self.receipts.send(UUID(payload["attempt_id"]), mailer)

        async def look_up_payment(payload: dict[str, Any]) -> None:
            await self.payments.returning.look_up_notified(payload["idop"])

        return {ACKNOWLEDGE_PAYMENT: acknowledge_payment, LOOK_UP_PAYMENT: look_up_payment}

    async def follow_until(self, stopped: asyncio.Event) -> None:
        """Follow open payments, probe partners and destroy what was kept long enough."""
        following = self.payments.following.follow_until(stopped)
        await asyncio.gather(following, self._probe_until(stopped), self._retain_until(stopped))

    async def _retain_until(self, stopped: asyncio.Event) -> None:
        while not stopped.is_set():
            try:
                if erased := await self.retention.erase_due():
                    log.info("payers erased", erased=erased)
            except Exception:
                log.exception("payers not erased")
            await _wait(stopped, RETENTION_SECONDS)

    async def _probe_until(self, stopped: asyncio.Event) -> None:
        while not stopped.is_set():
            pause = PROBE_SECONDS
            try:
                if not await self.partners.probe_all():
                    pause = PROBE_AGAIN_SECONDS
            except Exception:
                log.exception("partners not probed")
            await _wait(stopped, pause)


async def _wait(stopped: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stopped.wait()
    except TimeoutError:
        return


CASHIER = web.AppKey("cashier", Cashier)


def build_cashier(
    requests: RequestService, receipts: TermsReceipts, session: ClientSession, settings: Settings
) -> Cashier:
    """Build everything about money and partners."""
    environment = settings.process.environment
    keys = PaymentKeys(
        environment,
        settings.public_url,
        settings.payfip_url,
        settings.master_key,
        settings.tracking_key,
    )
    database, catalogue, clock = requests.database, requests.catalogue, requests.clock
    payments = build_payments(database, catalogue, receipts, session, clock, keys)
    seal = payments.seal
    return Cashier(
        payments=payments,
        office=CashOffice(payments.settling, payments.payfip, catalogue, environment),
        receipts=Receipts(payments.settling, payments.opening, seal, catalogue),
        fees=Fees(requests, payments.opening, clock),
        partners=PartnerService(
            database,
            catalogue,
            clock,
            partial(answers, session),
            _stand_ins(settings),
            payments.payfip.breaker,
        ),
        retention=PaymentRetention(database, catalogue.profile.retention, clock),
    )


def _stand_ins(settings: Settings) -> Mapping[Kind, str]:
    """Outside production nobody is sent, and nothing is asked, outside this machine."""
    provider = f"{settings.payfip_url}{SERVICE_PATH}?wsdl"
    if settings.process.environment == PRODUCTION:
        return {Kind.PAYMENT: provider}
    return {Kind.PAYMENT: provider, Kind.PARTNER: settings.partner_url}
