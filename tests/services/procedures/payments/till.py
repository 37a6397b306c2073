"""Payments on a database of their own, with the simulator in the same process and one clock."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from aiohttp.test_utils import TestServer
from yarl import URL

from chassis.caller import SignatureChecker
from chassis.clock import IdSource, hash_secret
from chassis.database import Database
from chassis.http_client import open_session
from deploy.simulators.dgfip.app import Dgfip, build_app
from deploy.simulators.dgfip.clock import MovableClock
from deploy.simulators.dgfip.model import Decision
from services.procedures.catalogue.service import CatalogueService
from services.procedures.payments.assembly import PaymentKeys, Payments, build_payments
from services.procedures.payments.model import Bill, Debt, DebtState, Mode, Source
from services.procedures.payments.opening import NewPayer, OpenedPayment
from services.procedures.payments.regie import RegieSettings
from services.procedures.payments.regie_repository import RegieRepository
from services.procedures.payments.starting import Redirection
from services.procedures.requests.model import Access
from services.procedures.requests.terms import TermsReceipts
from tests.services.procedures.payments.samples import START

REGIE = "eau-assainissement"
SETTINGS = RegieSettings(
    id=REGIE,
    numcli="006382",
    mode=Mode.WEB_SERVICE,
    saisie="T",
    account="Régie de l’eau",
    minimum_cents=100,
    maximum_cents=500_000,
    active=True,
    changed_at=START,
)
SELECT_CREDITS = "SELECT * FROM credits WHERE refdet = $1 ORDER BY kind DESC, attempt_id"
SELECT_ALERTS = "SELECT kind FROM payment_alerts WHERE attempt_id = $1 ORDER BY id"
SELECT_JOBS = "SELECT entrypoint, payload FROM pgqueuer ORDER BY id"


@dataclass
class Till:
    """The use cases, the simulator and the clock; each bill that it makes is new."""

    database: Database
    dgfip: Dgfip
    payments: Payments
    ids: IdSource = field(default_factory=IdSource)
    bills: int = 0

    @property
    def clock(self) -> MovableClock:
        return self.dgfip.clock

    async def set_regie(self, **changes: Any) -> RegieSettings:
        settings = RegieSettings(**{**vars(SETTINGS), **changes})
        async with self.database.transaction() as connection:
            known = await RegieRepository().find_regie(connection, settings.id)
            revision = known.revision if known else 0
            written = RegieSettings(**{**vars(settings), "revision": revision})
            await RegieRepository().upsert_regie(connection, written)
        return settings

    def new_debt(self, cents: int = 4590, refdet: str | None = None) -> Debt:
        self.bills += 1
        reference = refdet or f"{self.bills:018d}"
        return Debt(
            id=self.ids.new_id(),
            source=Source.BILL,
            procedure_id="paiement-facture-eau",
            bill=Bill(REGIE, "2026", reference),
            amount_cents=cents,
            objet="Facture eau",
            state=DebtState.DUE,
            created_at=self.clock.now(),
        )

    async def open(self, debt: Debt | None = None) -> tuple[OpenedPayment, Access]:
        new = NewPayer(self.ids.new_id(), self.ids.new_secret(), None, "fr")
        wanted = debt or self.new_debt()
        opened = await self.payments.opening.open_debt(new, wanted, "jean.payeur@example.org")
        return opened, Access(hash_secret(new.access_key))

    async def start(self, opened: OpenedPayment, access: Access) -> Redirection:
        return await self.payments.service.start(opened.payer.id, access)

    def decide(self, redirection: Redirection, result: str, **echo: str) -> None:
        """Do on the payment page what a person would."""
        idop = URL(redirection.url).query["idop"]
        self.dgfip.register.decide(idop, Decision(result, "never", echo))

    async def look_up(self, redirection: Redirection) -> str:
        """Follow one attempt now and return its state."""
        finding = await self.payments.payfip.look_up(redirection.attempt.idop or "")
        settled = await self.payments.settling.settle(redirection.attempt.id, finding, "schedule")
        return settled.state

    async def state(self, attempt_id: UUID) -> str:
        async with self.database.connection() as connection:
            found = await self.payments.settling.attempts.find_attempt(connection, attempt_id)
        assert found is not None
        return found.state

    async def debt_state(self, opened: OpenedPayment) -> str:
        async with self.database.connection() as connection:
            found = await self.payments.settling.debts.find_debt(connection, opened.debt.id)
        assert found is not None
        return found.state

    async def credits(self, opened: OpenedPayment) -> list[dict[str, Any]]:
        async with self.database.connection() as connection:
            rows = await connection.fetch(SELECT_CREDITS, opened.debt.bill.refdet)
        return [dict(row) for row in rows]

    async def alerts(self, attempt_id: UUID) -> list[str]:
        async with self.database.connection() as connection:
            return [row["kind"] for row in await connection.fetch(SELECT_ALERTS, attempt_id)]

    async def jobs(self) -> list[tuple[str, dict[str, Any]]]:
        async with self.database.connection() as connection:
            rows = await connection.fetch(SELECT_JOBS)
        return [(row["entrypoint"], json.loads(row["payload"])) for row in rows]

    def advance(self, **elapsed: float) -> datetime:

        self.clock.advance(timedelta(**elapsed).total_seconds())
        return self.clock.now()


@asynccontextmanager
async def open_till(
    database: Database, profile: Any, environment: str = "test", frozen: bool = True
) -> AsyncIterator[Till]:
    """Open everything on `database`, with the shipped régie's settings."""
    dgfip = Dgfip.new(MovableClock(START if frozen else None))
    async with TestServer(build_app(dgfip), host="127.0.0.1") as server, open_session() as session:
        catalogue = CatalogueService(database, profile, dgfip.clock)
        receipts = TermsReceipts(SignatureChecker("procedures", {}, dgfip.clock))
        provider = str(server.make_url("")).rstrip("/")
        keys = PaymentKeys(environment, "http://127.0.0.1:8000", provider, bytes(32), bytes(32))
        payments = build_payments(database, catalogue, receipts, session, dgfip.clock, keys)
        till = Till(database, dgfip, payments)
        await till.set_regie()
        yield till
