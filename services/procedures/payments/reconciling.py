"""Use case: the daily file of a régie confirms payments, and credits those declared (PAY-04).

A line names neither our number nor the mode. So what the DGFiP can be asked about is looked up
first, and only the number of authorisation tells which attempt was paid: a line never credits an
attempt for what was paid by another one on the same bill.
"""

from dataclasses import replace
from uuid import UUID

from services.procedures.payments.bill_imports import LineReport
from services.procedures.payments.csv_lines import read_lines
from services.procedures.payments.daily_file_repository import DailyFileRepository
from services.procedures.payments.daily_line import COLUMNS, DailyLine, understand_line
from services.procedures.payments.judgement import AlertKind
from services.procedures.payments.model import AttemptState, Bill
from services.procedures.payments.payfip import PayFip
from services.procedures.payments.regie import RegieSettings
from services.procedures.payments.settling import Settling
from services.procedures.payments.transaction import Answered, Silent


class Reconciling:
    """Imports daily files; importing one again changes nothing."""

    def __init__(self, settling: Settling, payfip: PayFip) -> None:
        self._settling = settling
        self._payfip = payfip
        self._lines = DailyFileRepository()

    async def import_file(
        self, settings: RegieSettings, content: str, by: UUID
    ) -> list[LineReport]:
        """Take each line on its own and return a report per line; raise `FileUnreadable`.

        outcome: confirmed (known as paid), credited (because of this line), known (imported
        before), unmatched (an alert tells it), later (the DGFiP did not answer: nothing was taken
        of the line), or invalid.
        """
        reports = []
        for number, cells in list(read_lines(content, COLUMNS)):
            line = understand_line(cells, settings.id)
            if isinstance(line, str):
                reports.append(LineReport(number, "invalid", line))
            elif line.numcli != settings.numcli:
                reports.append(LineReport(number, "invalid", "numcli"))
            else:
                reports.append(LineReport(number, await self._take(line, by)))
        return reports

    async def _take(self, line: DailyLine, by: UUID) -> str:
        async with self._settling.database.connection() as connection:
            _, confirmed = await self._lines.find_known(connection, line)
        if confirmed is not None:
            return "known"
        found = await self._look_up(line.bill)
        if found is None:
            return "later"
        outcome = await self._match(line, by)
        return "credited" if outcome == "confirmed" and found else outcome

    async def _look_up(self, bill: Bill) -> bool | None:
        """Look up the attempts on a bill; say whether one was found paid, None without answer."""
        async with self._settling.database.connection() as connection:
            attempts = await self._settling.attempts.list_of_bill(connection, bill)
        found = False
        for attempt in attempts:
            if attempt.idop is None or attempt.state is AttemptState.PAID:
                continue
            finding = await self._payfip.look_up(attempt.idop)
            settled = await self._settling.settle(attempt.id, finding, "file")
            if isinstance(finding, Silent):
                return None
            found = found or settled.state is AttemptState.PAID
        return found

    async def _match(self, line: DailyLine, by: UUID) -> str:
        now = self._settling.clock.now()
        async with self._settling.database.transaction() as connection:
            await self._settling.debts.lock_bill(connection, line.bill)
            known, confirmed = await self._lines.find_known(connection, line)
            if confirmed is not None:
                return "known"
            found = await self._lines.find_candidate(connection, line)
            await self._lines.upsert_line(connection, line, found, now, by)
            if found is None:
                if not known:
                    kind = AlertKind.UNMATCHED_LINE
                    await self._lines.insert_unmatched_alert(connection, line, kind, now)
                return "unmatched"
            attempt = await self._settling.locked(connection, found)
            if attempt.state is AttemptState.PAID:
                return "confirmed"
            # what the line does name was compared
            told = replace(line.transaction, saisie=attempt.saisie, idop="")
            finding = Answered(told, ";".join(vars(line.transaction).values()))
            settled = await self._settling.settle_in(connection, attempt, finding, "file")
        return "credited" if settled.state is AttemptState.PAID else "unmatched"
