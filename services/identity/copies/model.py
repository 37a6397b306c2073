"""Copies: their life, and what goes into them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from chassis.errors import DomainError

KEPT = timedelta(days=7)
TRIES = 5
MOST_WAITING = 3


class CopyNotFound(DomainError):
    """No such copy, or it was downloaded, or it is too old, or it is not ready."""

    code = "copy-not-found"


class TooManyCopies(DomainError):
    """Some copies of the same account are still to be made or downloaded."""

    code = "too-many-copies"


class PartMissing(Exception):
    """A service does not give its part now: the job is tried again."""


@dataclass(frozen=True)
class DataCopy:
    """A copy, without its content."""

    id: UUID
    state: str
    missing: Sequence[str]
    requested_at: datetime
    expires_at: datetime
