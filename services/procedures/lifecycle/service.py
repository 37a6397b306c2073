"""Use cases of a filed request: every change of state, with its trace, in one transaction.

The row is locked, the revision that the author saw is compared, the step, the notice to the person
and whatever follows (statistics, applications to tell) are written together or not at all.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis.database import Connection
from chassis.jobs import enqueue_job
from chassis.keyring import DataKey
from services.procedures.catalogue.model import ProcedureDefinition
from services.procedures.lifecycle.deadlines import first_attention, next_attention
from services.procedures.lifecycle.model import (
    PORTAL_AUTHOR,
    RULES,
    SERVICE_ACTORS,
    STAFF,
    Action,
    Author,
    Case,
    CaseChanged,
    ReasonMissing,
    State,
    Step,
    next_state,
)
from services.procedures.lifecycle.orders import Order as Order
from services.procedures.lifecycle.orders import moved
from services.procedures.lifecycle.repository import LifecycleRepository
from services.procedures.lifecycle.steps import INTERNAL_KINDS, KINDS, SERVICE_KINDS
from services.procedures.requests.model import Request, RequestNotFound
from services.procedures.requests.service import RequestService

NOTIFY_PERSON = "notify_person"
NOTIFY_SERVICE = "notify_service"
BATCH = 200

# called in the transaction of each step, with the case as the step leaves it
Listener = Callable[[Connection, Case, Step], Awaitable[None]]


class LifecycleService:
    """Changes filed requests; every use case checks who asks."""

    def __init__(self, requests: RequestService) -> None:
        self.requests = requests
        self.repository = LifecycleRepository()
        self.listeners: list[Listener] = []

    @property
    def today(self) -> date:
        """Return the authority's calendar day."""
        return self.requests.clock.today(self.requests.profile.zone)

    async def open_case(
        self,
        connection: Connection,
        request: Request,
        definition: ProcedureDefinition,
        at: datetime,
    ) -> None:
        """Give a request that is being filed to its service, in the filing's transaction."""
        filed_on = at.astimezone(self.requests.profile.zone).date()
        due_on = definition.delay.added_to(filed_on)
        watch = first_attention(filed_on, due_on)
        months = (
            definition.retention_months or self.requests.profile.retention.decided_request_months
        )
        case = await self.repository.update_opened(
            connection, request.id, definition.service, due_on, watch, months
        )
        # the filing has written its step: this is what the listeners read of it
        filed = Step(0, at, "filed", "person")
        for listener in self.listeners:
            await listener(connection, case, filed)

    async def read_case(self, request_id: UUID, author: Author) -> Case:
        """Return a case that `author` may reach, or raise `RequestNotFound`."""
        async with self.requests.database.connection() as connection:
            case = await self.repository.find_case(connection, request_id)
        return _reachable(case, author)

    async def change(self, order: Order, author: Author) -> Case:
        """Do one action; repeated with the same key it does nothing more.

        Raises `CaseChanged` when `order.revision` is not the present one, `TransitionRefused`
        when the state does not allow it.
        """
        async with self.locked(order.request_id, author) as (connection, case):
            if await self.was_done(connection, order, case):
                return case
            await self.require_unchanged(connection, case, order.revision)
            case, _ = await self.advance(connection, case, order, author)
        return case

    @asynccontextmanager
    async def locked(
        self, request_id: UUID, author: Author
    ) -> AsyncIterator[tuple[Connection, Case]]:
        """Open a transaction that holds a case which `author` may reach."""
        async with self.requests.database.transaction() as connection:
            case = await self.repository.find_case(connection, request_id, lock=True)
            yield connection, _reachable(case, author)

    async def was_done(self, connection: Connection, order: Order, case: Case) -> bool:
        """Say whether this very action was already done under its key."""
        if order.key is None:
            return False
        kind = await self.repository.find_kind_of_key(connection, case.id, order.key)
        return kind == KINDS[order.action]

    async def require_unchanged(self, connection: Connection, case: Case, revision: int) -> None:
        """Raise `CaseChanged`, with what was done since, unless `revision` is the present one."""
        if revision == case.revision:
            return
        steps = await self.repository.list_steps(connection, case.id, self.key(case), revision)
        changes = [{"at": step.at.isoformat(), "kind": step.kind} for step in steps]
        raise CaseChanged(
            "Somebody changed the request meanwhile.",
            revision=case.revision,
            state=str(case.state),
            assigned_to=str(case.assigned_to) if case.assigned_to else None,
            changes=changes,
        )

    async def advance(
        self, connection: Connection, case: Case, order: Order, author: Author
    ) -> tuple[Case, Step]:
        """Do the action on a locked case, with its step and all that follows."""
        target = next_state(case.state, order.action, author.actor)
        if RULES[order.action].needs_reason and not str(order.detail.get("reason", "")).strip():
            raise ReasonMissing("The reason is told to the person.")
        changed = moved(case, target, order.detail, self.today, self.requests.clock.now())
        if order.action is Action.TAKE_IN_HAND and author.actor in STAFF:
            changed = replace(changed, assigned_to=author.id)
        return await self.record(
            connection, changed, KINDS[order.action], author, order.detail, order.key
        )

    async def record(
        self,
        connection: Connection,
        case: Case,
        kind: str,
        author: Author,
        detail: Mapping[str, Any],
        key: str | None = None,
    ) -> tuple[Case, Step]:
        """Write one step of a locked case, one revision later, and tell whom it concerns."""
        now = self.requests.clock.now()
        case = replace(case, revision=case.revision + 1)
        step = Step(
            position=await self.repository.next_position(connection, case.id),
            at=now,
            kind=kind,
            actor="service" if author.actor in SERVICE_ACTORS else str(author.actor),
            detail=detail,
            staff_id=author.id if author.actor in SERVICE_ACTORS else None,
            revision=case.revision,
        )
        await self.repository.insert_step(connection, case.id, step, self.key(case), key)
        await self.repository.update_case(connection, case, now)
        for listener in self.listeners:
            await listener(connection, case, step)
        await _enqueue_notices(connection, case, step)
        return case, step

    async def escalate_ageing(self) -> int:
        """Escalate the requests that nobody moved in time; return how many (REQ-09)."""
        count = 0
        while ageing := await self._ageing():
            for request_id in ageing:
                await self._escalate(request_id)
            count += len(ageing)
        return count

    async def _ageing(self) -> list[UUID]:
        async with self.requests.database.connection() as connection:
            return await self.repository.list_ageing(connection, self.today, BATCH)

    async def _escalate(self, request_id: UUID) -> None:
        async with self.locked(request_id, PORTAL_AUTHOR) as (connection, case):
            if case.attention_on is None or case.attention_on > self.today:
                return  # somebody moved it meanwhile
            if case.state in RULES[Action.ESCALATE].sources:
                order = Order(case.id, Action.ESCALATE, case.revision)
                await self.advance(connection, case, order, PORTAL_AUTHOR)
                return
            # escalated already, or suspended: the service is reminded
            watch = next_attention(State.ESCALATED, self.today, case.due_on)
            reminded = replace(case, attention_on=watch)
            await self.repository.update_case(connection, reminded, self.requests.clock.now())
            await enqueue_job(connection, NOTIFY_SERVICE, {"request_id": str(case.id)})

    def key(self, case: Case) -> DataKey:
        """Return the usable key of a case, or raise `RequestNotFound` once it is destroyed."""
        if case.wrapped_key is None:
            raise RequestNotFound
        return self.requests.seal.key(case.id, case.wrapped_key)

    async def list_steps(self, case: Case) -> list[Step]:
        """Return every step of a case that the caller may reach, oldest first."""
        async with self.requests.database.connection() as connection:
            return list(await self.repository.list_steps(connection, case.id, self.key(case)))


def _reachable(case: Case | None, author: Author) -> Case:
    if case is None or case.wrapped_key is None:
        raise RequestNotFound
    if author.services is not None and case.service_id not in author.services:
        raise RequestNotFound
    return case


async def _enqueue_notices(connection: Connection, case: Case, step: Step) -> None:
    names = {"request_id": str(case.id), "position": step.position}
    if step.kind not in INTERNAL_KINDS:
        await enqueue_job(connection, NOTIFY_PERSON, names)
    if step.kind in SERVICE_KINDS:
        await enqueue_job(connection, NOTIFY_SERVICE, {"request_id": str(case.id)})
