"""Use case of extractions: a file on the disk, filled by pages, its readings noted."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from uuid import UUID

from services.procedures.desk.model import QueueRow, Staff
from services.procedures.exports.cells import COLUMNS, cells, harmless
from services.procedures.exports.repository import ExportRepository
from services.procedures.exports.writers import WRITERS, Writer
from services.procedures.forms.display import display_value
from services.procedures.forms.model import FormField
from services.procedures.lifecycle.service import LifecycleService
from services.procedures.readings.model import EXPORT
from services.procedures.readings.service import ReadingService
from services.procedures.requests.model import CheckedAccess, RequestNotFound

PAGE = 500


@dataclass(frozen=True)
class Extraction:
    """What to extract: requests filed from `first` to `last`, both days included.

    `answers` adds a column for each question of `procedure_id`: each request is then read.
    """

    service_id: str
    first: date
    last: date
    kind: str
    procedure_id: str | None = None
    answers: bool = False


class ExportService:
    """Writes extractions."""

    def __init__(self, lifecycle: LifecycleService, readings: ReadingService) -> None:
        self._lifecycle = lifecycle
        self._requests = lifecycle.requests
        self._readings = readings
        self._repository = ExportRepository()

    async def write(self, staff: Staff, wanted: Extraction, path: Path) -> int:
        """Write the extraction to `path` and return how many requests it holds."""
        writer: Writer = WRITERS[wanted.kind](path)
        fields = await self._fields(wanted)
        header = [*COLUMNS, *(field.id for field in fields)]
        await asyncio.to_thread(writer.add, [header])
        count, after = 0, (self._midnight(wanted.first), UUID(int=0))
        while rows := await self._page(wanted, after):
            lines = await self._lines(staff, rows, fields)
            await asyncio.to_thread(writer.add, lines)
            count, after = count + len(rows), (rows[-1].filed_at, rows[-1].id)
        await asyncio.to_thread(writer.close)
        return count

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self._requests.profile.zone)

    async def _page(self, wanted: Extraction, after: tuple[datetime, UUID]) -> Sequence[QueueRow]:
        before = datetime.combine(wanted.last, time.max, self._requests.profile.zone)
        async with self._requests.database.connection() as connection:
            return await self._repository.list_page(
                connection, wanted.service_id, before, after, wanted.procedure_id, PAGE
            )

    async def _fields(self, wanted: Extraction) -> list[FormField]:
        if not wanted.answers or wanted.procedure_id is None:
            return []
        catalogue = await self._requests.catalogue.read_catalogue()
        definition = catalogue.definitions.get(wanted.procedure_id)
        if definition is None or definition.form is None:
            return []
        return [field for _, field in definition.form.questions()]

    async def _lines(
        self, staff: Staff, rows: Sequence[QueueRow], fields: Sequence[FormField]
    ) -> list[list[str]]:
        zone, today = self._requests.profile.zone, self._lifecycle.today
        if fields:
            await self._readings.note([row.id for row in rows], staff.id, EXPORT)
        return [
            [
                *(harmless(cell) for cell in cells(row, zone, today)),
                *(await self._answers(row, fields)),
            ]
            for row in rows
        ]

    async def _answers(self, row: QueueRow, fields: Sequence[FormField]) -> list[str]:
        if not fields:
            return []
        try:
            request = await self._requests.open_request(row.id, CheckedAccess())
        except RequestNotFound:  # its personal data were destroyed
            return ["" for _ in fields]
        values, communes = request.values(), self._requests.communes
        return [
            harmless(display_value(field, values.get(field.id), "fr", communes)) for field in fields
        ]
