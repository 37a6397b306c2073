"""A decision's template and its letter (REQ-07, REQ-08)."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from chassis.errors import DomainError


class TemplateUnknown(DomainError):
    """No such template for this service."""

    code = "template-not-found"


class TemplateChanged(DomainError):
    """Somebody changed, or removed, the template since it was read."""

    code = "template-changed"


class LetterUnknown(DomainError):
    """No letter tells this step."""

    code = "letter-not-found"


@dataclass(frozen=True)
class Template:
    """Reasons to start from; `service_id` is None when every service has it.

    `changed_at` is None for those that are shipped with the portal.
    """

    id: str
    outcome: str
    service_id: str | None
    title: str
    body_fr: str
    body_en: str
    changed_at: datetime | None = None

    def text(self, language: str) -> str:
        """Return the body in the person's language."""
        return self.body_en if language == "en" else self.body_fr

    def says_as(self, other: "Template") -> bool:
        """Say whether two templates differ by nothing but the time of their change."""
        return replace(self, changed_at=None) == replace(other, changed_at=None)


@dataclass(frozen=True)
class Letter:
    """A letter as it was issued."""

    request_id: UUID
    position: int
    pdf: bytes
    emitted_at: datetime
