"""The definition of an online procedure (CAT-01 to CAT-07)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from authority.text import Text
from chassis.errors import DomainError
from services.procedures.catalogue.periods import (
    Availability,
    AvailabilityState,
    Duration,
    Period,
    Suspension,
    availability_in,
)
from services.procedures.forms.model import Form


class Kind(StrEnum):
    """Filled here, paid on the DGFiP's page, or provided by a partner on its own site (CAT-04)."""

    INTERNAL = "internal"
    PAYMENT = "payment"
    PARTNER = "partner"


class State(StrEnum):
    """Where a definition stands; only published and suspended ones are shown."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


class HeldBy(StrEnum):
    """Where the next version of a procedure comes from."""

    FILES = "files"
    STAFF = "staff"


SHOWN_STATES = frozenset({State.PUBLISHED, State.SUSPENDED})


class Outcome(StrEnum):
    """What the authority's silence means (CRPA L231-1 and its exceptions)."""

    ACCEPTANCE = "acceptance"
    REFUSAL = "refusal"


class Way(StrEnum):
    """Ways beside the counters, with the service's own coordinates (CAT-03)."""

    POST = "post"
    TELEPHONE = "telephone"
    EMAIL = "email"
    FAX = "fax"


class ProcedureNotFound(DomainError):
    """No procedure of that id is shown, or no version of that number exists."""

    code = "procedure-not-found"


@dataclass(frozen=True)
class DocumentSpec:
    """A supporting document; `types` are among `DOCUMENT_TYPES`, size is in megabytes (10^6)."""

    id: str
    label: Text
    help: Text | None
    required: bool
    types: tuple[str, ...]
    max_megabytes: int
    max_pages: int = 100
    strip_metadata: bool = False


DOCUMENT_TYPES = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class ImplicitDecision:
    """What silence means `after` the delay: data of each procedure.

    `ends_on_working_day`: a last day that is none is moved to the next one, where a text says so.
    """

    after: Duration
    outcome: Outcome
    legal_basis: Text
    ends_on_working_day: bool = False


@dataclass(frozen=True)
class PersonalDataNotice:
    """The notice of GDPR article 13 (DAT-07)."""

    purpose: Text
    legal_basis: Text
    recipients: Text
    retention: Text


@dataclass(frozen=True)
class TraditionalWays:
    """Counters by their id in the authority profile, and the other ways to the service."""

    counters: tuple[str, ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class PartnerSpec:
    """Who provides the procedure, where, and what data travel (PAY-05)."""

    name: Text
    url: str
    terms_note: Text
    data_shared: tuple[Text, ...]


@dataclass(frozen=True)
class PaymentSpec:
    """A bill paid on the DGFiP's page: what to have at hand and what data travel (PAY-05)."""

    provider: str
    name: Text
    url: str
    terms_note: Text
    data_shared: tuple[Text, ...]
    reference_help: Text


@dataclass(frozen=True)
class FeeSpec:
    """What filing costs, in euro cents, paid online once the request is filed."""

    amount_cents: int


@dataclass(frozen=True)
class ProcedureDefinition:
    """One version of a procedure.

    `retention_months` is how long personal data are kept after the decision; None: as the authority
    profile says. `replaces_drafts`: drafts of earlier versions must follow this one to be filed.
    `version` is 0 until the definition is loaded in the database; `content_hash` is
    the hexadecimal SHA-256 of everything but `state` and `suspension`, which change without a new
    version.
    """

    id: str
    kind: Kind
    title: Text
    purpose: Text
    description: Text | None
    themes: tuple[str, ...]
    audiences: tuple[str, ...]
    keywords: Text
    documents: tuple[DocumentSpec, ...]
    delay: Duration
    implicit_decision: ImplicitDecision | None
    cost: Text
    service: str
    traditional: TraditionalWays
    period: Period | None
    personal_data: PersonalDataNotice
    form: Form | None
    partner: PartnerSpec | None
    payment: PaymentSpec | None
    content_hash: str
    fee: FeeSpec | None = None
    retention_months: int | None = None
    replaces_drafts: bool = False
    state: State = State.PUBLISHED
    suspension: Suspension | None = None
    version: int = 0
    held_by: HeldBy = HeldBy.FILES

    @property
    def is_shown(self) -> bool:
        """Say whether the public catalogue has it."""
        return self.state in SHOWN_STATES

    def availability(self, on: date) -> Availability:
        """Return whether it can be begun or filed on that day of the authority's calendar."""
        if not self.is_shown:
            return Availability(AvailabilityState.CLOSED)
        if self.state is State.SUSPENDED and self.suspension and self.suspension.covers(on):
            return Availability(AvailabilityState.SUSPENDED, suspension=self.suspension)
        return availability_in(self.period, on)

    def find_document(self, document_id: str) -> DocumentSpec | None:
        """Return the supporting document of that id."""
        return next((found for found in self.documents if found.id == document_id), None)


@dataclass(frozen=True)
class Term:
    """A theme or an audience of the vocabulary."""

    id: str
    label: Text


@dataclass(frozen=True)
class Vocabulary:
    """What definitions are classed by, and groups of words that mean the same in a search."""

    themes: tuple[Term, ...]
    audiences: tuple[Term, ...]
    synonyms_fr: tuple[tuple[str, ...], ...]
    synonyms_en: tuple[tuple[str, ...], ...]
