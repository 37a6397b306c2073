"""Use case: a cash officer announces bills, so that only their true amount can be paid."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chassis.clock import Clock, IdSource
from chassis.database import Database
from services.procedures.catalogue.model import ProcedureDefinition
from services.procedures.payments.csv_lines import read_lines
from services.procedures.payments.model import Bill, Debt, DebtState, Source
from services.procedures.payments.regie import RegieSettings
from services.procedures.payments.repository import PaymentRepository
from services.procedures.payments.tipi import object_text
from services.procedures.payments.typed_bill import REFERENCE, YEAR, read_amount

COLUMNS = ("reference", "amount")


@dataclass(frozen=True)
class LineReport:
    """What became of a line: its outcome is one word, its detail names the columns at fault."""

    line: int
    outcome: str
    detail: str = ""


class BillImports:
    """Imports bills: columns reference and amount, and if wished object and exer."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._payments = PaymentRepository()
        self._ids = IdSource()

    async def import_bills(
        self, definition: ProcedureDefinition, settings: RegieSettings, content: str
    ) -> list[LineReport]:
        """Import each line on its own and return a report per line; raise `FileUnreadable`.

        outcome: added, known, conflict (the reference has another amount), or invalid.
        """
        now = self._clock.now()
        reports = []
        for number, cells in list(read_lines(content, COLUMNS)):
            if faults := _faults(cells, settings):
                reports.append(LineReport(number, "invalid", " ".join(faults)))
            else:
                debt = self._debt(definition, cells, now)
                reports.append(LineReport(number, await self._add(debt)))
        return reports

    def _debt(
        self, definition: ProcedureDefinition, cells: Mapping[str, str], now: datetime
    ) -> Debt:
        exer = cells.get("exer") or str(now.year)
        return Debt(
            id=self._ids.new_id(),
            source=Source.IMPORT,
            procedure_id=definition.id,
            bill=Bill(definition.service, exer, _reference(cells)),
            amount_cents=read_amount(cells.get("amount", "")) or 0,
            objet=object_text(cells.get("object") or definition.title.fr),
            state=DebtState.DUE,
            created_at=now,
        )

    async def _add(self, debt: Debt) -> str:
        async with self._database.transaction() as connection:
            await self._payments.lock_bill(connection, debt.bill)
            known = await self._payments.list_debts(connection, debt.bill)
            if any(one.amount_cents == debt.amount_cents for one in known):
                return "known"
            if known:
                return "conflict"
            await self._payments.insert_debt(connection, debt)
        return "added"


def _reference(cells: Mapping[str, str]) -> str:
    return "".join(cells.get("reference", "").split())


def _faults(cells: Mapping[str, str], settings: RegieSettings) -> list[str]:
    """Return the names of the columns that cannot be taken."""
    cents = read_amount(cells.get("amount", ""))
    exer = cells.get("exer", "")
    right = {
        "reference": bool(REFERENCE.fullmatch(_reference(cells))),
        "amount": cents is not None and settings.minimum_cents <= cents <= settings.maximum_cents,
        "exer": not exer or bool(YEAR.fullmatch(exer)),
    }
    return [name for name, is_right in right.items() if not is_right]
