"""Legal documents: the states of an amendment, texts, versions, and what is shown of them."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.errors import DomainError

MATERIAL = "material"
EDITORIAL = "editorial"
SEED = "seed"
SLUG = re.compile(r"[a-z][a-z-]{0,63}", re.ASCII)


class State(StrEnum):
    """Where an amendment stands, from the first word to the archive."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    DISCARDED = "discarded"
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    IN_FORCE = "in-force"
    SUPERSEDED = "superseded"


class Step(StrEnum):
    """What happens to an amendment; the last two are the work of time alone."""

    WRITE = "write"
    SUBMIT = "submit"
    SEND_BACK = "send-back"
    APPROVE = "approve"
    DISCARD = "discard"
    CANCEL = "cancel"
    COME_INTO_FORCE = "come-into-force"
    BE_REPLACED = "be-replaced"


# whatever is not here is refused
TRANSITIONS: Mapping[tuple[State, Step], State] = {
    (State.DRAFT, Step.WRITE): State.DRAFT,
    (State.DRAFT, Step.SUBMIT): State.SUBMITTED,
    (State.DRAFT, Step.DISCARD): State.DISCARDED,
    (State.SUBMITTED, Step.SEND_BACK): State.DRAFT,
    (State.SUBMITTED, Step.DISCARD): State.DISCARDED,
    (State.SUBMITTED, Step.APPROVE): State.SCHEDULED,
    (State.SCHEDULED, Step.CANCEL): State.CANCELLED,
    (State.SCHEDULED, Step.COME_INTO_FORCE): State.IN_FORCE,
    (State.IN_FORCE, Step.BE_REPLACED): State.SUPERSEDED,
}


class StepRefused(DomainError):
    """What is asked cannot be done in the present state (`state`)."""

    code = "step-refused"


def move(state: State, step: Step) -> State:
    """Return the state that a step leads to, or raise `StepRefused`."""
    try:
        return TRANSITIONS[state, step]
    except KeyError:
        raise StepRefused(f"Cannot {step} what is {state}.", state=str(state)) from None


class DocumentNotFound(DomainError):
    """No such document, or no such version of it in force or before."""

    code = "document-not-found"


class PlacementRefused(DomainError):
    """A version may not come into force then; `reason` is in-the-past or before-another."""

    code = "placement-refused"


class PublicationRefused(Exception):
    """Texts that cannot be published; `faults` holds one line for each, naming its file."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = list(faults)


@dataclass(frozen=True)
class DocumentText:
    """A version in one language. `source` is the file that it came from, for messages."""

    language: str
    title: str
    summary: str
    markdown: str
    source: str = field(default="", compare=False)

    @property
    def content_hash(self) -> str:
        """Return the SHA-256 (hexadecimal) of title, line feed, Markdown: what is accepted."""
        return sha256_of(f"{self.title}\n{self.markdown}")


@dataclass(frozen=True)
class DocumentVersion:
    """A dated version in every language, by language; `change` is material or editorial."""

    slug: str
    version: int
    effective_from: datetime
    change: str
    texts: Mapping[str, DocumentText]

    @property
    def subject(self) -> str:
        """Return the name of the version in the audit trail."""
        return version_subject(self.slug, self.version)


@dataclass(frozen=True)
class DocumentSummary:
    """A version as lists show it, in one language; in force until `effective_until`, excluded."""

    slug: str
    version: int
    effective_from: datetime
    change: str
    title: str
    summary: str
    content_hash: str
    languages: Sequence[str] = ()
    effective_until: datetime | None = None


@dataclass(frozen=True)
class DocumentList:
    """Every document in force, and the instant at which this list changes, if one is known."""

    documents: Sequence[DocumentSummary]
    next_change_at: datetime | None


@dataclass(frozen=True)
class DocumentPage:
    """A version to read, and every version in force until now, newest first.

    Whoever accepted version `acceptance_floor` or a later one is not asked again.
    """

    shown: DocumentSummary
    language: str
    html: str
    versions: Sequence[DocumentSummary]
    next_change_at: datetime | None
    acceptance_floor: int


@dataclass(frozen=True)
class Origin:
    """Where a version comes from: the authority's files, or a draft and whoever approved it."""

    draft_id: UUID | None = None
    approved_by: UUID | None = None

    @property
    def publisher(self) -> str:
        """Return who published, as the audit trail names it."""
        return SEED if self.approved_by is None else f"account:{self.approved_by}"


@dataclass(frozen=True)
class StoredVersion:
    """A version as the database holds it: hashes and HTML by language, witness in the trail."""

    content: DocumentVersion
    hashes: Mapping[str, str]
    html: Mapping[str, str]
    audit_position: int
    origin: Origin = Origin()
    cancelled_at: datetime | None = None
    cancel_position: int | None = None


@dataclass(frozen=True)
class TrailEntry:
    """An entry of the audit trail about a document: who did what, when."""

    position: int
    recorded_at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any]


def version_subject(slug: str, version: int) -> str:
    """Return the name of a version in the audit trail."""
    return f"{slug}/v{version}"


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
