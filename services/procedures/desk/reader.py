"""Puts together what an agent sees of a request: the person's view, and what only the desk has."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.procedures.corrections.service import CorrectionService
from services.procedures.desk.model import QueueRow, Staff
from services.procedures.desk.service import DeskService
from services.procedures.desk.views import (
    askable_documents,
    case_view,
    note_view,
    row_view,
    staff_of_steps,
)
from services.procedures.dossiers.reader import DossierReader
from services.procedures.following.reader import FollowingReader
from services.procedures.following.views import reading_view
from services.procedures.lifecycle.service import LifecycleService
from services.procedures.readings.model import OPENED
from services.procedures.readings.service import ReadingService
from services.procedures.requests.model import CheckedAccess, Request

# secrets and offers that are the person's own
OWNERS_ONLY = ("tracking_code", "actions")


class DeskReader:
    """Opens requests for agents; the reading is written before anything is given (DAT-04)."""

    def __init__(
        self,
        desk: DeskService,
        lifecycle: LifecycleService,
        dossiers: DossierReader,
        following: FollowingReader,
        readings: ReadingService,
        corrections: CorrectionService,
    ) -> None:
        self._desk = desk
        self._lifecycle = lifecycle
        self._dossiers = dossiers
        self._following = following
        self._readings = readings
        self._corrections = corrections

    async def open(self, staff: Staff, request_id: UUID, language: str) -> dict[str, Any]:
        """Return everything that the desk sees of a request, and note that it was opened."""
        request = await self.opened(staff, request_id, OPENED)
        case = await self._desk.read_case(staff, request_id)
        steps = await self._lifecycle.list_steps(case)
        view = await self._dossiers.view(request, language)
        definition = await self._lifecycle.requests.definition_of(request)
        view |= await self._following.view(request, language)
        view = {name: value for name, value in view.items() if name not in OWNERS_ONLY}
        return view | {
            "case": case_view(case, staff),
            "steps_by": staff_of_steps(steps),
            "readings": await self._readings_of(request_id, language),
            "askable": askable_documents(definition, language),
            "notes": [note_view(note) for note in await self._desk.list_notes(case)],
            "earlier_answers": await self._corrections.list_earlier(case),
        }

    async def opened(self, staff: Staff, request_id: UUID, purpose: str) -> Request:
        """Return a request of the agent's services, its reading noted."""
        await self._desk.read_case(staff, request_id)
        await self._readings.note([request_id], staff.id, purpose)
        return await self._lifecycle.requests.open_request(request_id, CheckedAccess())

    async def _readings_of(self, request_id: UUID, language: str) -> list[dict[str, Any]]:
        return [
            {**reading_view(one, language), "reader_id": str(one.reader_id)}
            for one in await self._readings.list_readings(request_id)
        ]

    async def rows(self, rows: Sequence[QueueRow], language: str) -> list[dict[str, Any]]:
        """Return the JSON shape of a page of a queue."""
        catalogue = self._lifecycle.requests.catalogue
        titles = {}
        for row in rows:
            definition = await catalogue.find_definition(row.procedure_id, row.version)
            titles[row.procedure_id] = definition.title.in_language(language)
        return [row_view(row, titles, self._lifecycle.today, language) for row in rows]
