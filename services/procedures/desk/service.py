"""Use cases of the desk: queues, search, actions one by one or many, notes, counter entry."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chassis.database import Connection, Database
from chassis.errors import NotAllowed
from services.procedures.catalogue.model import ProcedureDefinition
from services.procedures.desk.model import (
    NewNote,
    Note,
    NoteConflict,
    QueueFilter,
    QueueRow,
    QueueSize,
    Staff,
)
from services.procedures.desk.names import NameIndex
from services.procedures.desk.queue_repository import QueueRepository
from services.procedures.desk.repository import DeskRepository
from services.procedures.lifecycle.model import Case
from services.procedures.lifecycle.service import LifecycleService, Order
from services.procedures.lifecycle.steps import ASSIGNED, COUNTER
from services.procedures.requests.model import PORTAL, Event, Request
from services.procedures.requests.numbers import normalise_number
from services.procedures.requests.service import NewRequest

FOUND = 50


class DeskService:
    """What agents do; each use case takes the agent and never goes beyond his services."""

    def __init__(self, lifecycle: LifecycleService, names: NameIndex) -> None:
        self._lifecycle = lifecycle
        self._requests = lifecycle.requests
        self._names = names
        self._queues = QueueRepository()
        self._repository = DeskRepository()

    @property
    def _database(self) -> Database:
        return self._requests.database

    async def index_names(
        self,
        connection: Connection,
        request: Request,
        definition: ProcedureDefinition,
        at: datetime,
    ) -> None:
        """Make a request that is being filed findable by the names that it holds."""
        tokens = self._names.digests_of(definition, request.values())
        if tokens:
            await self._queues.insert_names(connection, tokens, definition.service, at, request.id)

    async def list_queue(self, wanted: QueueFilter) -> Sequence[QueueRow]:
        """Return one page of the queue of a service that the caller was checked for."""
        async with self._database.connection() as connection:
            return await self._queues.list_rows(connection, wanted, self._lifecycle.today)

    async def queue_sizes(self, staff: Staff) -> list[QueueSize]:
        """Return how much waits in each of the agent's queues."""
        today = self._lifecycle.today
        async with self._database.connection() as connection:
            return [
                await self._queues.find_size(connection, service_id, today, staff.id)
                for service_id in sorted(staff.services)
            ]

    async def search(self, staff: Staff, text: str) -> Sequence[QueueRow]:
        """Return the requests of the agent's services by number, or else by words of a name."""
        services = sorted(staff.services)
        async with self._database.connection() as connection:
            if (number := normalise_number(text)) is not None:
                return await self._queues.find_by_number(connection, number, services)
            tokens = self._names.digests(text)
            if not tokens:
                return []
            found: list[QueueRow] = []
            for service_id in services:
                found += await self._queues.find_by_name(connection, service_id, tokens, FOUND)
        return sorted(found, key=lambda row: row.filed_at, reverse=True)[:FOUND]

    async def read_case(self, staff: Staff, request_id: UUID) -> Case:
        """Return a case of the agent's services, or raise `RequestNotFound`."""
        return await self._lifecycle.read_case(request_id, staff.author())

    async def act(self, staff: Staff, order: Order) -> Case:
        """Do one action in the quality that the agent has in the request's service."""
        case = await self.read_case(staff, order.request_id)
        return await self._lifecycle.change(order, staff.author(case.service_id))

    async def assign(self, staff: Staff, request_id: UUID, revision: int, to: UUID | None) -> Case:
        """Give a request to an agent, or back to everybody; repeated it does nothing more.

        Anybody of the service takes what nobody has and gives back his own; the rest is for
        supervisors: `NotAllowed`.
        """
        case = await self.read_case(staff, request_id)
        author = staff.author(case.service_id)
        async with self._lifecycle.locked(request_id, author) as (connection, case):
            if case.assigned_to == to:
                return case
            if not _may_assign(staff, case, to):
                raise NotAllowed("Only a supervisor of this service may do this.")
            await self._lifecycle.require_unchanged(connection, case, revision)
            given = replace(case, assigned_to=to)
            given, _ = await self._lifecycle.record(connection, given, ASSIGNED, author, {})
        return given

    async def write_note(self, staff: Staff, request_id: UUID, new: NewNote) -> None:
        """Keep a private note; written again it is kept once."""
        case = await self.read_case(staff, request_id)
        note = Note(new.id, self._requests.clock.now(), staff.id, new.text)
        async with self._database.transaction() as connection:
            key = self._lifecycle.key(case)
            if await self._repository.insert_note(connection, case.id, note, key):
                return
            if await self._repository.find_note_owner(connection, new.id) != case.id:
                raise NoteConflict

    async def list_notes(self, case: Case) -> Sequence[Note]:
        """Return the notes about a case that the caller may reach."""
        async with self._database.connection() as connection:
            return await self._repository.list_notes(connection, case.id, self._lifecycle.key(case))

    async def start_at_counter(self, staff: Staff, new: NewRequest) -> Request:
        """Begin a draft for a person at the counter; its steps say that an agent did."""
        started = await self._requests.start_request(new)
        async with self._database.transaction() as connection:
            if await self._repository.update_entered(connection, started.id, staff.id):
                at = self._requests.clock.now()
                event = Event(at, COUNTER, PORTAL)
                await self._requests.repository.insert_event(connection, started.id, event)
        return started


def _may_assign(staff: Staff, case: Case, to: UUID | None) -> bool:
    if case.service_id in staff.supervisor_of:
        return True
    present = case.assigned_to
    return to == staff.id if present is None else present == staff.id and to is None
