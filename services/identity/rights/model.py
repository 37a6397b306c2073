"""Rights over personal data: which, how they come, and by when they are answered."""

import calendar
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import DomainError


class Right(StrEnum):
    """Which right (GDPR 15 to 21)."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    OBJECTION = "objection"
    ERASURE = "erasure"
    LIMITATION = "limitation"
    PORTABILITY = "portability"


class RequestNotFound(DomainError):
    """No such request, or none that is open."""

    code = "rights-request-not-found"


class ReceivedLater(DomainError):
    """A written request cannot have been received in the future."""

    code = "received-later"


@dataclass(frozen=True)
class RightsRequest:
    """A request: what is asked, and what was answered."""

    id: UUID
    account_id: UUID
    right: Right
    channel: str
    state: str
    text: str = field(repr=False)
    received_on: date
    due_on: date
    recorded_by: UUID | None = None
    answer: str = field(default="", repr=False)
    answered_at: datetime | None = None


def due_date(received_on: date) -> date:
    """Return the last day to answer: the same day of the next month (GDPR 12.3).

    A month that has no such day ends sooner: 31 January is due on 28 February
    (Regulation 1182/71, article 3).
    """
    years, month = divmod(received_on.month, 12)
    year, month = received_on.year + years, month + 1
    day = min(received_on.day, calendar.monthrange(year, month)[1])
    return date(year, month, day)
