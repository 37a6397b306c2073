"""The acceptance of a text, and what the receipt of it says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.errors import DomainError

# what a person is asked to accept; the other texts inform
ACCEPTED_DOCUMENTS = ("conditions-generales",)
SUBJECT_KINDS = ("request", "account")
RECEIPT_ISSUER = "legal"
RECEIPT_AUDIENCE = "procedures"


class VersionNotInForce(DomainError):
    """The text that the person was shown is not the one in force: show that one."""

    code = "version-not-in-force"


@dataclass(frozen=True)
class Consent:
    """What was shown, to whom, where. `subject_kind` is "request" or "account"."""

    subject_kind: str
    subject_id: UUID
    document: str
    version: int
    content_hash: str
    language: str
    page: str

    @property
    def subject(self) -> str:
        """Return the name of whoever accepted in the audit trail: no personal datum."""
        return f"{self.subject_kind}:{self.subject_id}"


@dataclass(frozen=True)
class Acceptance:
    """An acceptance as recorded: the first one of this subject for this version."""

    id: UUID
    consent: Consent
    accepted_at: datetime


def acceptance_detail(acceptance: Acceptance) -> dict[str, Any]:
    """Return what the audit trail keeps of an acceptance."""
    consent = acceptance.consent
    return {
        "acceptance_id": str(acceptance.id),
        "document": consent.document,
        "version": consent.version,
        "language": consent.language,
        "content_hash": consent.content_hash,
        "page": consent.page,
    }


def receipt_claims(acceptance: Acceptance) -> dict[str, Any]:
    """Return the claims of the receipt: evidence, so it does not expire."""
    consent = acceptance.consent
    return {
        "iss": RECEIPT_ISSUER,
        "aud": RECEIPT_AUDIENCE,
        "sub": str(consent.subject_id),
        "document": consent.document,
        "version": consent.version,
        "language": consent.language,
        "content_hash": consent.content_hash,
        "accepted_at": acceptance.accepted_at.isoformat(),
        "acceptance_id": str(acceptance.id),
    }
