"""The acceptance of a text, and what the receipt of it says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.errors import DomainError
from services.legal.documents.model import DocumentSummary

# what a person is asked to accept; the other texts inform
ACCEPTED_DOCUMENTS = ("conditions-generales",)
ACCOUNT = "account"
SUBJECT_KINDS = ("request", ACCOUNT)
RECEIPT_ISSUER = "legal"
RECEIPT_AUDIENCE = "procedures"


class VersionNotInForce(DomainError):
    """The text that the person was shown is not the one in force: show that one."""

    code = "version-not-in-force"


class AcceptanceWithdrawn(DomainError):
    """The account took its acceptance back: it is being closed and accepts nothing more."""

    code = "acceptance-withdrawn"


class AcceptanceDue(DomainError):
    """The account must first accept the version in force (`version`)."""

    code = "acceptance-due"


class NothingToWithdraw(DomainError):
    """The account never accepted this document."""

    code = "nothing-to-withdraw"


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


@dataclass(frozen=True)
class Withdrawal:
    """An account holder takes the acceptance of a document back; the account is then closed."""

    id: UUID
    account_id: UUID
    document: str
    language: str
    page: str
    withdrawn_at: datetime


@dataclass(frozen=True)
class Due:
    """Whether a subject must accept the version in force, and what it accepted last."""

    in_force: DocumentSummary
    last: Acceptance | None
    withdrawn_at: datetime | None
    due: bool


def is_due(last: Acceptance | None, withdrawn_at: datetime | None, floor: int) -> bool:
    """Say whether to ask: nothing accepted, taken back, or something material came since.

    `floor` is the lowest version whose acceptance still holds (LEG-03).
    """
    return last is None or withdrawn_at is not None or last.consent.version < floor


def withdrawal_detail(withdrawal: Withdrawal) -> dict[str, Any]:
    """Return what the audit trail keeps of a withdrawal."""
    return {
        "withdrawal_id": str(withdrawal.id),
        "document": withdrawal.document,
        "language": withdrawal.language,
        "page": withdrawal.page,
    }


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


def receipt_claims(acceptance: Acceptance, subject_id: UUID | None = None) -> dict[str, Any]:
    """Return the claims of the receipt: evidence, so it does not expire.

    `subject_id` is a request made under the acceptance of an account.
    """
    consent = acceptance.consent
    return {
        "iss": RECEIPT_ISSUER,
        "aud": RECEIPT_AUDIENCE,
        "sub": str(subject_id or consent.subject_id),
        "document": consent.document,
        "version": consent.version,
        "language": consent.language,
        "content_hash": consent.content_hash,
        "accepted_at": acceptance.accepted_at.isoformat(),
        "acceptance_id": str(acceptance.id),
    }
