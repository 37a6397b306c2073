"""One thing done to many requests: each in a transaction of its own, and each told how it went."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from chassis.errors import DomainError
from services.procedures.corrections.service import CorrectionService
from services.procedures.desk.model import Staff
from services.procedures.desk.service import DeskService
from services.procedures.lifecycle.model import Action
from services.procedures.lifecycle.service import LifecycleService, Order
from services.procedures.messages.model import NewMessage
from services.procedures.messages.service import MessageService

# under which the identifiers of messages are derived from the keys of their batches
MESSAGES = UUID("5bd1a4f0-5c07-5d0e-9d57-0d1a1e6c3b52")


class Many(StrEnum):
    """What can be done to many requests at once."""

    TAKE_IN_HAND = "take_in_hand"
    RESUME = "resume"
    ASK_PERSON = "ask_person"
    CLOSE = "close"
    ASSIGN = "assign"
    MESSAGE = "message"


@dataclass(frozen=True)
class Batch:
    """What is to be done; `key` makes the whole harmless to repeat, request by request.

    `text` is the reason, or the message; `to` the colleague (None: nobody); `seen` the
    revision at which each request was seen.
    """

    action: Many
    key: str
    seen: Mapping[UUID, int]
    text: str = ""
    to: UUID | None = None
    documents: Sequence[str] = ()
    deadline_on: date | None = None


@dataclass(frozen=True)
class BulkResult:
    """What became of one request; `code` is empty when it was done."""

    request_id: UUID
    code: str
    told: Mapping[str, Any] = field(default_factory=dict)


class BulkService:
    """Does the same to many requests, never beyond what the agent may do to each."""

    def __init__(
        self,
        desk: DeskService,
        lifecycle: LifecycleService,
        corrections: CorrectionService,
        messages: MessageService,
    ) -> None:
        self._desk = desk
        self._lifecycle = lifecycle
        self._corrections = corrections
        self._messages = messages

    async def act(self, staff: Staff, batch: Batch) -> list[BulkResult]:
        """Do it to each request; one that cannot be done stops none of the others."""
        ways: Mapping[Many, Callable[[Staff, Batch, UUID], Awaitable[None]]] = {
            Many.ASSIGN: self._assign,
            Many.MESSAGE: self._write,
        }
        way = ways.get(batch.action, self._change)
        return [await self._once(way, staff, batch, request_id) for request_id in batch.seen]

    async def _once(
        self,
        way: Callable[[Staff, Batch, UUID], Awaitable[None]],
        staff: Staff,
        batch: Batch,
        request_id: UUID,
    ) -> BulkResult:
        try:
            await way(staff, batch, request_id)
            case = await self._desk.read_case(staff, request_id)
        except DomainError as error:
            return BulkResult(request_id, error.code, error.extra)
        told = {"number": case.number, "state": str(case.state), "revision": case.revision}
        return BulkResult(request_id, "", told)

    async def _change(self, staff: Staff, batch: Batch, request_id: UUID) -> None:
        detail: dict[str, Any] = {"reason": batch.text} if batch.text.strip() else {}
        if batch.action is Many.ASK_PERSON:
            case = await self._desk.read_case(staff, request_id)
            definition = await self._lifecycle.requests.catalogue.find_definition(
                case.procedure_id, case.version
            )
            asked = {
                "reason": batch.text,
                "fields": [],
                "documents": batch.documents,
                "deadline_on": batch.deadline_on,
            }
            detail = self._corrections.question(definition, asked)
        action, revision = Action(batch.action), batch.seen[request_id]
        await self._desk.act(staff, Order(request_id, action, revision, detail, batch.key))

    async def _assign(self, staff: Staff, batch: Batch, request_id: UUID) -> None:
        await self._desk.assign(staff, request_id, batch.seen[request_id], batch.to)

    async def _write(self, staff: Staff, batch: Batch, request_id: UUID) -> None:
        case = await self._desk.read_case(staff, request_id)
        message = NewMessage(_message_id(batch, request_id), batch.text, ())
        await self._messages.send(case.id, message, staff.author(case.service_id))


def _message_id(batch: Batch, request_id: UUID) -> UUID:
    """Return the message's identifier: the same key on the same request is the same message."""
    return uuid5(uuid5(MESSAGES, batch.key), str(request_id))
