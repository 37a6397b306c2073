"""The use cases of a cash officer (régisseur): see, reconcile, decide, set, export (PAY-04)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from authority.profile import AuthorityProfile
from services.procedures.catalogue.model import Kind, ProcedureNotFound
from services.procedures.catalogue.service import CatalogueService
from services.procedures.payments.bill_imports import BillImports, LineReport
from services.procedures.payments.csv_lines import FileRefused, FileUnreadable, write_lines
from services.procedures.payments.model import (
    AttemptState,
    DebtState,
    OnlinePaymentClosed,
    PaymentNotFound,
)
from services.procedures.payments.office_repository import OfficeRepository
from services.procedures.payments.payfip import PayFip
from services.procedures.payments.reconciling import Reconciling
from services.procedures.payments.regie import (
    RegieNotFound,
    RegieSettings,
    SettingsInvalid,
    StaleSettings,
    settings_faults,
)
from services.procedures.payments.regie_repository import RegieRepository
from services.procedures.payments.schedule import next_look_up
from services.procedures.payments.settling import Settling

PAGE = 100
# what a person may end by decision: the DGFiP, or its daily file, will perhaps never tell
GIVEN_UP = frozenset({AttemptState.DISPUTED, AttemptState.DECLARED})
LAST_ALERT = 2**62
NEWEST = UUID(int=2**128 - 1)
DASHBOARD = timedelta(days=30)
EXPORT_COLUMNS = (
    "credited_at",
    "transacted_at",
    "exer",
    "refdet",
    "amount_cents",
    "kind",
    "result",
    "authorisation",
    "mode",
    "saisie",
    "reconciled_at",
)


@dataclass(frozen=True)
class Dashboard:
    """What a cash officer sees first."""

    name: str
    # the payment procedures whose bills can be announced: id and title
    procedures: list[dict[str, str]]
    settings: RegieSettings | None
    counts: list[Any]
    alerts: list[Any]
    refunds: list[Any]


class CashOffice:
    """What cash officers do; the caller has checked the role."""

    def __init__(
        self,
        settling: Settling,
        payfip: PayFip,
        catalogue: CatalogueService,
        environment: str,
    ) -> None:
        self._settling = settling
        self._payfip = payfip
        self._catalogue = catalogue
        self._environment = environment
        self._office = OfficeRepository()
        self._regies = RegieRepository()
        self._imports = BillImports(settling.database, settling.clock)
        self._reconciling = Reconciling(settling, payfip)

    async def list_regies(self) -> list[dict[str, str]]:
        """Return the services that a shown procedure is paid to, by id and name."""
        shown = (await self._catalogue.read_catalogue()).shown
        paid = {found.service for found in shown if found.payment or found.fee}
        services = self._profile.services
        return [{"id": name, "name": services[name].name.fr} for name in services if name in paid]

    async def read_dashboard(self, regie_id: str) -> Dashboard:
        """Return a régie's settings, the last month's attempts by state, alerts and refunds."""
        self._require_service(regie_id)
        since = self._settling.clock.now() - DASHBOARD
        shown = (await self._catalogue.read_catalogue()).shown
        async with self._settling.database.connection() as connection:
            return Dashboard(
                self._profile.services[regie_id].name.fr,
                [
                    {"id": found.id, "title": found.title.fr}
                    for found in shown
                    if found.kind is Kind.PAYMENT and found.service == regie_id
                ],
                await self._regies.find_regie(connection, regie_id),
                await self._office.list_counts(connection, regie_id, since),
                await self._office.list_alerts(connection, regie_id, LAST_ALERT, PAGE),
                await self._office.list_refunds(connection, regie_id, PAGE),
            )

    async def list_attempts(
        self, regie_id: str, before: UUID | None, state: str | None
    ) -> list[Any]:
        """Return a page of attempts, the newest first."""
        self._require_service(regie_id)
        async with self._settling.database.connection() as connection:
            return await self._office.list_attempts(
                connection, regie_id, before or NEWEST, state, PAGE
            )

    async def change_settings(self, settings: RegieSettings, by: UUID) -> RegieSettings:
        """Write the settings of a régie made from `settings.revision`."""
        self._require_service(settings.id)
        faults = settings_faults(settings, self._environment)
        if faults:
            raise SettingsInvalid(errors=faults)
        changed = replace(settings, changed_at=self._settling.clock.now(), changed_by=by)
        async with self._settling.database.transaction() as connection:
            revision = await self._regies.upsert_regie(connection, changed)
        if revision is None:
            raise StaleSettings
        return replace(changed, revision=revision)

    async def check_client(self, numcli: str) -> str:
        """Return the name under which the DGFiP knows a client number."""
        return await self._payfip.client_label(numcli)

    async def import_bills(self, procedure_id: str, content: str) -> list[LineReport]:
        """Import bills of a payment procedure; raise `FileRefused`."""
        definition = await self._catalogue.find_current(procedure_id)
        if definition is None or definition.kind is not Kind.PAYMENT:
            raise ProcedureNotFound
        settings = await self._settings(definition.service)
        try:
            return await self._imports.import_bills(definition, settings, content)
        except FileUnreadable as unreadable:
            raise FileRefused(missing=list(unreadable.missing)) from None

    async def import_daily_file(self, regie_id: str, content: str, by: UUID) -> list[LineReport]:
        """Reconcile with a daily file; raise `FileRefused`."""
        settings = await self._settings(regie_id)
        try:
            return await self._reconciling.import_file(settings, content, by)
        except FileUnreadable as unreadable:
            raise FileRefused(missing=list(unreadable.missing)) from None

    async def look_up(self, regie_id: str, attempt_id: UUID) -> list[Any]:
        """Ask the DGFiP about an attempt now; return its look-ups."""
        async with self._settling.database.connection() as connection:
            attempt = await self._settling.attempts.find_attempt(connection, attempt_id)
        if attempt is None or attempt.bill.regie_id != regie_id:
            raise PaymentNotFound
        if attempt.idop is not None:
            finding = await self._payfip.look_up(attempt.idop)
            await self._settling.settle(attempt.id, finding, "officer")
        async with self._settling.database.connection() as connection:
            return await self._office.list_look_ups(connection, attempt)

    async def give_up(self, regie_id: str, attempt_id: UUID) -> None:
        """End an attempt that keeps its bill from being paid and that nothing will settle.

        A payment of it that is told later wins all the same. Raises `PaymentNotFound` unless it
        is disputed or declared.
        """
        async with self._settling.database.transaction() as connection:
            attempt = await self._settling.locked(connection, attempt_id)
            if attempt.bill.regie_id != regie_id or attempt.state not in GIVEN_UP:
                raise PaymentNotFound
            now, state = self._settling.clock.now(), AttemptState.EXPIRED
            when = next_look_up(state, attempt.created_at, now, after_error=True)
            asked = when if attempt.idop is not None else None
            ended = replace(attempt, state=state, next_look_up_at=asked)
            await self._settling.write(connection, attempt, ended)

    async def close_alert(self, regie_id: str, alert_id: int, by: UUID) -> None:
        """Close an alert by name; raise `PaymentNotFound` when no such one is open."""
        now = self._settling.clock.now()
        async with self._settling.database.transaction() as connection:
            if not await self._office.close_alert(connection, alert_id, regie_id, now, by):
                raise PaymentNotFound

    async def settle_refund(
        self, regie_id: str, attempt_id: UUID, decided: tuple[str, str], by: UUID
    ) -> None:
        """Note that a payment in excess was refunded, or kept and why."""
        now = self._settling.clock.now()
        async with self._settling.database.transaction() as connection:
            attempt = await self._settling.locked(connection, attempt_id)
            place = (attempt_id, regie_id)
            if not await self._office.settle_refund(connection, place, decided, now, by):
                raise PaymentNotFound
            queued = await self._office.list_refunds(connection, regie_id, PAGE)
            bill = attempt.bill
            if not any((one["refdet"], one["exer"]) == (bill.refdet, bill.exer) for one in queued):
                debt = attempt.debt_id
                await self._settling.debts.update_debt_state(connection, debt, DebtState.PAID)

    async def export_credits(self, regie_id: str, first: date, last: date) -> str:
        """Return the credits of a period as CSV, days of the authority's calendar included."""
        self._require_service(regie_id)
        zone = self._profile.zone
        since = datetime.combine(first, time(), zone)
        until = datetime.combine(last + timedelta(days=1), time(), zone)
        async with self._settling.database.connection() as connection:
            found = await self._office.list_credits(connection, regie_id, since, until)
        return write_lines(EXPORT_COLUMNS, ([row[c] for c in EXPORT_COLUMNS] for row in found))

    @property
    def _profile(self) -> AuthorityProfile:
        return self._catalogue.profile

    async def _settings(self, regie_id: str) -> RegieSettings:
        self._require_service(regie_id)
        async with self._settling.database.connection() as connection:
            settings = await self._regies.find_regie(connection, regie_id)
        if settings is None:
            raise OnlinePaymentClosed
        return settings

    def _require_service(self, regie_id: str) -> None:
        if regie_id not in self._profile.services:
            raise RegieNotFound
