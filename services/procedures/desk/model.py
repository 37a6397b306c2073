"""Who works at the desk, and what a queue is asked and gives."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chassis.errors import DomainError
from services.procedures.lifecycle.model import Actor, Author, State

AGENT_PREFIX = "agent:"
SUPERVISOR_PREFIX = "supervisor:"
ADMINISTRATOR = "administrator"

OLDEST, NEWEST = "oldest", "newest"
MAX_PAGE = 100


class NoteConflict(DomainError):
    """Another note bears this identifier."""

    code = "note-conflict"


@dataclass(frozen=True)
class Staff:
    """A signed-in agent, and the services that the signed roles open.

    `agent:<service>` handles the requests of a service, `supervisor:<service>` also gives them to
    others, ends and reopens them; `administrator` gives rights to business applications.
    """

    id: UUID
    agent_of: frozenset[str]
    supervisor_of: frozenset[str]
    administrator: bool = False

    @classmethod
    def with_roles(cls, account_id: UUID, roles: Iterable[str]) -> "Staff":
        """Return somebody who holds these roles."""
        held = tuple(roles)
        return cls(
            account_id,
            _services(held, AGENT_PREFIX),
            _services(held, SUPERVISOR_PREFIX),
            ADMINISTRATOR in held,
        )

    @property
    def services(self) -> frozenset[str]:
        """Return every service whose requests this person may open."""
        return self.agent_of | self.supervisor_of

    def author(self, service_id: str | None = None) -> Author:
        """Return who acts on a request of that service; None: before the service is known."""
        supervises = service_id in self.supervisor_of
        actor = Actor.SUPERVISOR if supervises else Actor.AGENT
        return Author(actor, self.id, self.services)


def _services(roles: Iterable[str], prefix: str) -> frozenset[str]:
    return frozenset(role.removeprefix(prefix) for role in roles if role.startswith(prefix))


@dataclass(frozen=True)
class QueueFilter:
    """What is wanted of the queue of one service; no `state` means every open request."""

    service_id: str
    state: State | None = None
    procedure_id: str | None = None
    assigned_to: UUID | None = None
    unassigned: bool = False
    late: bool = False
    order: str = OLDEST
    after: tuple[datetime, UUID] | None = None
    count: int = 50


@dataclass(frozen=True)
class QueueRow:
    """A request in a queue: nothing in it was written by the person."""

    id: UUID
    service_id: str
    procedure_id: str
    version: int
    state: State
    number: str
    revision: int
    assigned_to: UUID | None
    filed_at: datetime
    due_on: date | None
    decided_at: datetime | None


@dataclass(frozen=True)
class QueueSize:
    """How much waits in a queue; each figure stops at 1,000."""

    service_id: str
    open: int
    filed: int
    escalated: int
    late: int
    mine: int


@dataclass(frozen=True)
class NewNote:
    """A private note; `id` is a UUIDv7 made by the caller: writing twice writes once."""

    id: UUID
    text: str


@dataclass(frozen=True)
class Note:
    """A note between agents."""

    id: UUID
    at: datetime
    staff_id: UUID
    text: str
