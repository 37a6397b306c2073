"""Puts together the life of a request, from every feature that holds a part of it."""

from typing import Any

from services.procedures.corrections.service import CorrectionService
from services.procedures.documents.service import DocumentService
from services.procedures.following.views import (
    correction_view,
    delay_view,
    implicit_view,
    message_views,
    reading_view,
    step_view,
)
from services.procedures.lifecycle.model import (
    FINAL_STATES,
    PORTAL_AUTHOR,
    Actor,
    Case,
    possible_actions,
)
from services.procedures.lifecycle.service import LifecycleService
from services.procedures.lifecycle.steps import INTERNAL_KINDS, STATE_LABELS
from services.procedures.messages.service import MessageService
from services.procedures.readings.service import ReadingService
from services.procedures.requests.model import Request


class FollowingReader:
    """Builds what the owner of a filed request follows."""

    def __init__(
        self,
        lifecycle: LifecycleService,
        messages: MessageService,
        corrections: CorrectionService,
        readings: ReadingService,
        documents: DocumentService,
    ) -> None:
        self._lifecycle = lifecycle
        self._messages = messages
        self._corrections = corrections
        self._readings = readings
        self._documents = documents

    async def view(self, request: Request, language: str) -> dict[str, Any]:
        """Return the JSON shape of a filed request's life, for its owner who has opened it."""
        case = await self._lifecycle.read_case(request.id, PORTAL_AUTHOR)
        steps = await self._lifecycle.list_steps(case)
        requests = self._lifecycle.requests
        return {
            "id": str(case.id),
            "number": case.number,
            "state": str(case.state),
            "state_label": STATE_LABELS[case.state].in_language(language),
            "revision": case.revision,
            "steps": [
                step_view(step, language) for step in steps if step.kind not in INTERNAL_KINDS
            ],
            "readings": [
                reading_view(one, language) for one in await self._readings.list_readings(case.id)
            ],
            "messages": message_views(
                await self._messages.list_messages(case),
                await self._documents.list_documents(request),
            ),
            "correction": await self._correction(case, request, language),
            "delay": delay_view(case, self._lifecycle.today, requests.profile.zone),
            "implicit_decision": await self._implicit(case, request, language),
            "erase_on": case.erase_on.isoformat() if case.erase_on else None,
            "actions": [str(one) for one in possible_actions(case.state, Actor.PERSON)],
        }

    async def _implicit(self, case: Case, request: Request, language: str) -> dict[str, Any] | None:
        definition = await self._lifecycle.requests.definition_of(request)
        rule = definition.implicit_decision
        if rule is None or case.state in FINAL_STATES:
            return None
        day = await self._corrections.implicit_day(request, rule)
        return implicit_view(day, request, rule, language)

    async def _correction(
        self, case: Case, request: Request, language: str
    ) -> dict[str, Any] | None:
        awaited = await self._corrections.find_awaited(case.id, case.state)
        if awaited is None:
            return None
        definition = await self._lifecycle.requests.definition_of(request)
        steps = await self._lifecycle.list_steps(case)
        asked = next(step for step in steps if step.position == awaited.position)
        return correction_view(awaited, definition, str(asked.detail["reason"]), language)
