"""A draft: what staff write before a second person publishes it (LEG-03)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.errors import DomainError
from services.legal.documents.model import DocumentText, State, sha256_of


class DraftNotFound(DomainError):
    """No such draft."""

    code = "draft-not-found"


class DraftChanged(DomainError):
    """Somebody saved or moved the draft meanwhile: look at it again (`revision` is the new one)."""

    code = "draft-changed"


class DraftFaulty(DomainError):
    """The draft cannot be published as it is; `faults` says where and why."""

    code = "draft-faulty"


class OwnDraft(DomainError):
    """Whoever wrote in a draft may not be the one who approves it."""

    code = "own-draft"


@dataclass(frozen=True)
class DraftFault:
    """What stops a publication. `code` is a stable name; `language` and `field` "" for the whole.

    `line` counts from 1 in the Markdown, 0 for another field; `found` is the text at fault.
    """

    code: str
    language: str = ""
    field: str = ""
    line: int = 0
    found: str = ""


@dataclass(frozen=True)
class DraftContent:
    """What writers change: kind of change, instant wished (None: once approved), texts."""

    change: str
    effective_from: datetime | None
    texts: Mapping[str, DocumentText]


@dataclass(frozen=True)
class Draft:
    """A draft as stored; `refusal` is why it was last sent back."""

    id: UUID
    slug: str
    state: State
    based_on: int
    writers: Sequence[UUID]
    approver: UUID | None
    version: int | None
    refusal: str
    revision: int
    created_at: datetime
    updated_at: datetime
    content: DraftContent

    @property
    def subject(self) -> str:
        """Return the name of the draft in the audit trail."""
        return f"{self.slug}/draft/{self.id}"


def content_detail(content: DraftContent, revision: int) -> dict[str, Any]:
    """Return what the audit trail keeps of a saving: the hash of each text as typed."""
    return {
        "revision": revision,
        "change": content.change,
        "effective_from": content.effective_from.isoformat() if content.effective_from else None,
        "texts": {
            language: sha256_of(f"{text.title}\n{text.summary}\n{text.markdown}")
            for language, text in sorted(content.texts.items())
        },
    }


def refuse_faulty(faults: Sequence[DraftFault]) -> None:
    """Raise `DraftFaulty` when there is any fault."""
    if faults:
        raise DraftFaulty(faults=[asdict(fault) for fault in faults])
