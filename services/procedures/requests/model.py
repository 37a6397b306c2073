"""What a request is, and the facts that stop a use case."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis.errors import DomainError

DRAFT = "draft"
FILED = "filed"

PERSON = "person"
PORTAL = "portal"


@dataclass(frozen=True)
class PageAnswers:
    """A page as typed (kept whatever its faults) and, where it has none, as understood."""

    typed: Mapping[str, Any]
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Event:
    """A dated step of a request."""

    at: datetime
    kind: str
    actor: str


@dataclass(frozen=True)
class Terms:
    """The acceptance of the terms of use, as the legal service signed it (LEG-02)."""

    document: str
    version: int
    content_hash: str
    acceptance_id: str
    accepted_at: str


@dataclass(frozen=True)
class Filing:
    """What filing fixed: number, time, certified text, implicit decision (REQ-03, REQ-05)."""

    number: str
    filed_at: datetime
    declaration_hash: str
    implicit_decision_on: date | None
    implicit_outcome: str | None


@dataclass(frozen=True)
class Request:
    """A request and its answers, opened."""

    id: UUID
    procedure_id: str
    version: int
    state: str
    language: str
    account_id: UUID | None
    access_key_hash: bytes
    wrapped_key: bytes
    pages: Mapping[str, PageAnswers]
    revision: int
    terms: Terms
    created_at: datetime
    updated_at: datetime
    tracking_code_hash: bytes | None = None
    filing: Filing | None = None
    events: tuple[Event, ...] = field(default=())

    @property
    def is_draft(self) -> bool:
        """Say whether it can still be changed by its owner."""
        return self.state == DRAFT

    def with_pages(self, pages: Mapping[str, PageAnswers], at: datetime) -> "Request":
        """Return the request with other answers, one revision later."""
        return replace(self, pages=pages, revision=self.revision + 1, updated_at=at)

    def typed(self) -> dict[str, Mapping[str, Any]]:
        """Return what was typed, page by page."""
        return {name: page.typed for name, page in self.pages.items()}

    def values(self) -> dict[str, Any]:
        """Return every understood answer by field."""
        return {name: value for page in self.pages.values() for name, value in page.values.items()}


class RequestNotFound(DomainError):
    """No such request, or not for this caller: the two are not told apart."""

    code = "request-not-found"


class RequestFiled(DomainError):
    """It was filed: its owner can no longer change it."""

    code = "request-filed"


class PageUnknown(DomainError):
    """The form has no such page."""

    code = "page-not-found"


class StaleRevision(DomainError):
    """Somebody saved meanwhile; `revision` and `answers` give what is stored (SES-04)."""

    code = "stale-revision"


class AnswersInvalid(DomainError):
    """Answers have faults; they were kept as typed, at `revision`."""

    code = "answers-invalid"


class TermsNotAccepted(DomainError):
    """No valid proof that the terms of use were accepted for this request."""

    code = "terms-not-accepted"


class ProcedureClosed(DomainError):
    """The procedure takes no request now; `availability` says why and the dates (CAT-05)."""

    code = "procedure-closed"


@dataclass(frozen=True)
class Access:
    """What a caller shows to reach a request: a key or code it holds, an account, or both."""

    key_hash: bytes | None = None
    account_id: UUID | None = None

    def allows(self, request: Request) -> bool:
        """Say whether the request is this caller's."""
        if self.account_id is not None and self.account_id == request.account_id:
            return True
        if self.key_hash is None:
            return False
        known = [request.access_key_hash, request.tracking_code_hash or b""]
        # both are compared, whatever the first one says: the time tells nothing
        same = [hmac.compare_digest(self.key_hash, digest) for digest in known]
        return any(same)


@dataclass(frozen=True)
class CheckedAccess(Access):
    """The right of somebody whom the use case itself has checked: staff of the service."""

    def allows(self, request: Request) -> bool:
        """Say yes."""
        return True
