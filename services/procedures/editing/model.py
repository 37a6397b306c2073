"""A draft of a procedure's definition: written by some, published by somebody else (CAT-06)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.errors import DomainError

WRITER = "editor"
APPROVERS = frozenset({"editor", "publisher"})


class State(StrEnum):
    """Where a draft stands; the last two are ends."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class Step(StrEnum):
    """What happens to a draft."""

    WRITE = "write"
    SUBMIT = "submit"
    SEND_BACK = "send-back"
    APPROVE = "approve"
    DISCARD = "discard"


# whatever is not here is refused
TRANSITIONS: Mapping[tuple[State, Step], State] = {
    (State.DRAFT, Step.WRITE): State.DRAFT,
    (State.DRAFT, Step.SUBMIT): State.SUBMITTED,
    (State.DRAFT, Step.DISCARD): State.DISCARDED,
    (State.SUBMITTED, Step.SEND_BACK): State.DRAFT,
    (State.SUBMITTED, Step.DISCARD): State.DISCARDED,
    (State.SUBMITTED, Step.APPROVE): State.PUBLISHED,
}


class DefinitionDraftNotFound(DomainError):
    """No such draft."""

    code = "draft-not-found"


class DefinitionDraftChanged(DomainError):
    """Somebody saved or moved the draft meanwhile (`revision` is the new one)."""

    code = "draft-changed"


class DefinitionFaulty(DomainError):
    """The draft cannot be published as it is; `faults` says where and why."""

    code = "draft-faulty"


class SourceRefused(DomainError):
    """What was typed or sent cannot be kept: it is no definition at all; `faults` says why."""

    code = "source-refused"


class EditRefused(DomainError):
    """A change names a part that the draft does not have."""

    code = "edit-refused"


class OwnDefinitionDraft(DomainError):
    """Whoever wrote in a draft may not be the one who approves it."""

    code = "own-draft"


class DefinitionStepRefused(DomainError):
    """What is asked cannot be done in the present state (`state`)."""

    code = "step-refused"


class ProcedureExists(DomainError):
    """A procedure of that name exists already: amend it instead."""

    code = "procedure-exists"


def move(state: State, step: Step) -> State:
    """Return the state that a step leads to, or raise `DefinitionStepRefused`."""
    try:
        return TRANSITIONS[state, step]
    except KeyError:
        raise DefinitionStepRefused(f"Cannot {step} what is {state}.", state=str(state)) from None


@dataclass(frozen=True)
class Draft:
    """A draft as stored.

    `source` is its YAML, faults included. `based_on` is the version that it amends, 0 for a new
    procedure. `submitted_hash` is the SHA-256 of what was submitted, "" before. `refusal` is why
    it was last sent back.
    """

    id: UUID
    procedure_id: str
    state: State
    based_on: int
    source: str
    writers: Sequence[UUID]
    submitted_hash: str
    approver: UUID | None
    version: int | None
    refusal: str
    revision: int
    created_at: datetime
    updated_at: datetime

    @property
    def subject(self) -> str:
        """Return the name of the draft in the audit trail."""
        return f"{self.procedure_id}/draft/{self.id}"


@dataclass(frozen=True)
class TrailEntry:
    """What somebody did to a procedure or to a draft of it."""

    position: int
    recorded_at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any]
