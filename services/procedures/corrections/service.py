"""Use cases of corrections: asked with a step of the desk, answered once by the person."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.database import Connection
from chassis.errors import InvalidInput
from services.procedures.catalogue.model import ImplicitDecision, ProcedureDefinition
from services.procedures.corrections.model import Correction, CorrectionAnswer, NothingAsked
from services.procedures.corrections.repository import CorrectionRepository
from services.procedures.lifecycle.deadlines import ANSWER_DAYS
from services.procedures.lifecycle.implicit_decision import ImplicitDay, Wait, implicit_day
from services.procedures.lifecycle.model import RULES, Action, Actor, Author, Case, State, Step
from services.procedures.lifecycle.service import LifecycleService, Order
from services.procedures.requests.answers import pages_to_keep, typing_of
from services.procedures.requests.model import Access, AnswersInvalid, Request

PERSON_AUTHOR = Author(Actor.PERSON)


class CorrectionService:
    """Asks, and takes the answer: only the fields asked change, and what they held is kept."""

    def __init__(self, lifecycle: LifecycleService) -> None:
        self._lifecycle = lifecycle
        self._requests = lifecycle.requests
        self._repository = CorrectionRepository()
        lifecycle.listeners.append(self._follow)

    def question(self, definition: ProcedureDefinition, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Return the detail of an `ask_person` step; unknown fields raise `InvalidInput`."""
        form = definition.form
        known = {field.id for _, field in form.questions()} if form else set()
        _require_known("fields", asked["fields"], known)
        _require_known("documents", asked["documents"], {one.id for one in definition.documents})
        today = self._lifecycle.today
        deadline = asked["deadline_on"] or today + timedelta(days=ANSWER_DAYS)
        if deadline <= today:
            fault = {"pointer": "/deadline_on", "code": "past", "message": "Must be to come."}
            raise InvalidInput([fault])
        return {
            "reason": asked["reason"],
            "fields": list(asked["fields"]),
            "documents": list(asked["documents"]),
            "deadline_on": deadline.isoformat(),
        }

    async def find_awaited(self, request_id: UUID, state: str) -> Correction | None:
        """Return what the person is asked now, when its state lets it be answered."""
        if State(state) not in RULES[Action.ANSWER].sources:
            return None
        async with self._requests.database.connection() as connection:
            return await self._repository.find_awaited(connection, request_id)

    async def answer(self, request_id: UUID, access: Access, answer: CorrectionAnswer) -> Request:
        """Keep the corrected values and give the request back to the service, once.

        Faults raise `AnswersInvalid` and nothing is kept; values before are kept as evidence.
        """
        request = await self._requests.open_request(request_id, access)
        definition = await self._requests.definition_of(request)
        order = Order(request_id, Action.ANSWER, answer.revision, {}, answer.key)
        async with self._lifecycle.locked(request_id, PERSON_AUTHOR) as (connection, case):
            if await self._lifecycle.was_done(connection, order, case):
                return request
            awaited = await self._repository.find_awaited(connection, request_id)
            if awaited is None:
                raise NothingAsked
            await self._lifecycle.require_unchanged(connection, case, answer.revision)
            present = await self._requests.repository.find_request(connection, request_id)
            if present is None:
                raise NothingAsked
            corrected = self._corrected(present, definition, awaited, answer)
            await self._keep(connection, present, corrected, awaited)
            fields = [name for name in awaited.fields if name in answer.answers]
            order = replace(order, detail={"fields": fields})
            await self._lifecycle.advance(connection, case, order, PERSON_AUTHOR)
        return await self._requests.open_request(request_id, access)

    def _corrected(
        self,
        request: Request,
        definition: ProcedureDefinition,
        awaited: Correction,
        answer: CorrectionAnswer,
    ) -> Request:
        _require_known("answers", answer.answers, set(awaited.fields))
        typed = {name: dict(page) for name, page in request.typed().items()}
        for page in definition.form.pages if definition.form else ():
            own = {field.id for field in page.asked} & set(answer.answers)
            if own:
                given = typing_of(page, {name: answer.answers[name] for name in own})
                typed[page.id] = {**typed.get(page.id, {}), **given}
        reading = self._requests.read_answers(definition, typed, request.language)
        faults = [
            error
            for page in (definition.form.pages if definition.form else ())
            for error in reading.clean(page).errors
            if error.field.split(".")[0] in awaited.fields
        ]
        if faults:
            errors = [
                {
                    "pointer": "/answers/" + one.field.replace(".", "/"),
                    "code": one.code,
                    "message": one.message,
                }
                for one in faults
            ]
            raise AnswersInvalid(errors=errors, revision=request.revision)
        pages = pages_to_keep(definition, reading, typed)
        return request.with_pages(pages, self._requests.clock.now())

    async def _keep(
        self, connection: Connection, before: Request, after: Request, awaited: Correction
    ) -> None:
        present = {name: raw for page in after.pages.values() for name, raw in page.typed.items()}
        earlier = {
            name: raw
            for page in before.pages.values()
            for name, raw in page.typed.items()
            if name not in present or present[name] != raw
        }
        key = self._requests.seal.key(before.id, before.wrapped_key)
        sealed = key.seal(json.dumps(earlier, ensure_ascii=False).encode(), _context(awaited))
        await self._requests.repository.update_answers(connection, after)
        await self._repository.end_awaited(connection, before.id, after.updated_at, sealed)

    async def list_earlier(self, case: Case) -> list[dict[str, Any]]:
        """Return the values that each correction replaced, oldest first, for the desk."""
        async with self._requests.database.connection() as connection:
            kept = await self._repository.list_earlier(connection, case.id)
        key = self._lifecycle.key(case)
        return [
            {"position": position, "values": json.loads(key.open(sealed, _place(position)))}
            for position, sealed in kept
        ]

    async def implicit_day(self, request: Request, rule: ImplicitDecision) -> ImplicitDay:
        """Return the day on which silence decides on a filed request (CRPA L114-5)."""
        if request.filing is None:
            raise NothingAsked
        async with self._requests.database.connection() as connection:
            rows = await self._repository.list_waits(connection, request.id)
        day_of = self._day_of
        waits = [
            Wait(
                asked_on=day_of(row["asked_at"]),
                deadline_on=row["deadline_on"],
                ended_on=day_of(row["ended_at"]) if row["ended_at"] else None,
                received=row["received"],
            )
            for row in rows
        ]
        return implicit_day(rule, day_of(request.filing.filed_at), waits)

    def _day_of(self, at: datetime) -> date:
        return at.astimezone(self._requests.profile.zone).date()

    async def _follow(self, connection: Connection, case: Case, step: Step) -> None:
        if step.kind != "asked":
            return
        await self._repository.end_awaited(connection, case.id, step.at, None)
        asked = Correction(
            request_id=case.id,
            position=step.position,
            asked_at=step.at,
            deadline_on=date.fromisoformat(step.detail["deadline_on"]),
            fields=tuple(step.detail["fields"]),
            documents=tuple(step.detail["documents"]),
        )
        await self._repository.insert_correction(connection, asked)


def _context(correction: Correction) -> str:
    return _place(correction.position)


def _place(position: int) -> str:
    return f"earlier-answers:{position}"


def _require_known(name: str, given: Iterable[str], known: set[str]) -> None:
    faults = [
        {"pointer": f"/{name}/{one}", "code": "unknown", "message": "Not one of those asked."}
        for one in given
        if one not in known
    ]
    if faults:
        raise InvalidInput(faults)
