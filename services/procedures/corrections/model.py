"""A correction asked on named fields, and its answer (REQ-07)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis.errors import DomainError


class NothingAsked(DomainError):
    """The service asked nothing of the person, or it was answered already."""

    code = "nothing-asked"


@dataclass(frozen=True)
class Correction:
    """What was asked; `documents` are those of the procedure that the person is to join."""

    request_id: UUID
    position: int
    asked_at: datetime
    deadline_on: date
    fields: tuple[str, ...]
    documents: tuple[str, ...]
    ended_at: datetime | None = None


@dataclass(frozen=True)
class CorrectionAnswer:
    """The person's answer: raw values of asked fields, and the revision seen."""

    revision: int
    answers: Mapping[str, Any]
    key: str | None = None
