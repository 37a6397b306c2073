"""A message about a request (REQ-07)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.errors import DomainError

PERSON = "person"
SERVICE = "service"
MAX_TEXT = 10_000


class MessagesClosed(DomainError):
    """The request was erased or withdrawn: nobody reads messages about it any more."""

    code = "messages-closed"


class MessageConflict(DomainError):
    """Another message bears this identifier."""

    code = "message-conflict"


@dataclass(frozen=True)
class NewMessage:
    """A message to send; `id` is a UUIDv7 made by the caller: sending twice sends once."""

    id: UUID
    text: str
    files: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Message:
    """A message sent; `files` are supporting documents of the request."""

    id: UUID
    request_id: UUID
    sent_at: datetime
    author: str
    staff_id: UUID | None
    text: str
    files: tuple[UUID, ...]
