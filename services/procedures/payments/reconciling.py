"""Use case: the daily file of a régie confirms payments, and credits those declared (PAY-04)."""

from dataclasses import replace
from uuid import UUID

from services.procedures.payments.bill_imports import LineReport
from services.procedures.payments.csv_lines import read_lines
from services.procedures.payments.daily_file_repository import DailyFileRepository
from services.procedures.payments.daily_line import COLUMNS, DailyLine, understand_line
from services.procedures.payments.judgement import AlertKind
from services.procedures.payments.model import AttemptState
from services.procedures.payments.regie import RegieSettings
from services.procedures.payments.settling import Settling
from services.procedures.payments.transaction import Answered


class Reconciling:
    """Imports daily files; importing one again changes nothing."""

    def __init__(self, settling: Settling) -> None:
        self._settling = settling
        self._lines = DailyFileRepository()

    async def import_file(
        self, settings: RegieSettings, content: str, by: UUID
    ) -> list[LineReport]:
        """Take each line on its own and return a report per line; raise `FileUnreadable`.

        outcome: confirmed (known as paid), credited (by this line), known (imported before),
        unmatched (an alert tells it), or invalid.
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
            # the file names neither the mode nor our number: what it does name was compared
            told = replace(line.transaction, saisie=attempt.saisie, idop="")
            finding = Answered(told, ";".join(vars(line.transaction).values()))
            settled = await self._settling.settle_in(connection, attempt, finding, "file")
        return "credited" if settled.state is AttemptState.PAID else "unmatched"
