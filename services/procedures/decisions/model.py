"""A decision's template and its letter (REQ-07, REQ-08)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.errors import DomainError


class TemplateUnknown(DomainError):
    """No such template for this service."""

    code = "template-not-found"


class LetterUnknown(DomainError):
    """No letter tells this step."""

    code = "letter-not-found"


@dataclass(frozen=True)
class Template:
    """Reasons to start from; `service_id` is None when every service has it."""

    id: str
    outcome: str
    service_id: str | None
    title: str
    body_fr: str
    body_en: str

    def text(self, language: str) -> str:
        """Return the body in the person's language."""
        return self.body_en if language == "en" else self.body_fr


@dataclass(frozen=True)
class Letter:
    """A letter as it was issued."""

    request_id: UUID
    position: int
    pdf: bytes
    emitted_at: datetime
