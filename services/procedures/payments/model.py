"""Debts, payers, attempts and their states (PAY-01 to PAY-04)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import DomainError


class Mode(StrEnum):
    """The two modes of the DGFiP: everything in an address, or a web service."""

    FORM = "form"
    WEB_SERVICE = "web_service"


class Source(StrEnum):
    """Where a debt comes from."""

    REQUEST = "request"
    BILL = "bill"
    IMPORT = "import"


class DebtState(StrEnum):
    """What remains to be done about a debt."""

    DUE = "due"
    PAID = "paid"
    OVERPAID = "overpaid"


class AttemptState(StrEnum):
    """Where one try at paying stands.

    started: stored, its page not asked for yet. unknown: the DGFiP's answer to the creation was
    lost. open: the payer can be on the page. declared: form mode, the payer's browser said paid.
    disputed: the DGFiP says paid, and not what was asked. paid, refused, abandoned: as the DGFiP
    says. expired: nothing will come of it. failed: the DGFiP refused the creation.
    """

    STARTED = "started"
    UNKNOWN = "unknown"
    OPEN = "open"
    DECLARED = "declared"
    DISPUTED = "disputed"
    PAID = "paid"
    REFUSED = "refused"
    ABANDONED = "abandoned"
    EXPIRED = "expired"
    FAILED = "failed"


_S = AttemptState
# while one of these stands, no other attempt on the same bill is made (rule 1)
LIVE = frozenset({_S.STARTED, _S.UNKNOWN, _S.OPEN, _S.DECLARED, _S.DISPUTED})
_ENDED_UNPAID = frozenset({_S.REFUSED, _S.ABANDONED, _S.EXPIRED})
# a payment always wins, however late (rule 4): each state but paid leads to it
ATTEMPT_TRANSITIONS: Mapping[AttemptState, frozenset[AttemptState]] = {
    _S.STARTED: frozenset({_S.OPEN, _S.UNKNOWN, _S.FAILED, _S.PAID, _S.DISPUTED}),
    _S.UNKNOWN: frozenset({_S.PAID, _S.DISPUTED, _S.EXPIRED}),
    _S.OPEN: frozenset({_S.DECLARED, _S.PAID, _S.DISPUTED}) | _ENDED_UNPAID,
    _S.DECLARED: frozenset({_S.PAID, _S.DISPUTED, _S.EXPIRED}),
    _S.DISPUTED: frozenset({_S.PAID, _S.EXPIRED}),
    _S.PAID: frozenset(),
    _S.REFUSED: frozenset({_S.PAID}),
    _S.ABANDONED: frozenset({_S.PAID}),
    _S.EXPIRED: frozenset({_S.PAID}),
    _S.FAILED: frozenset({_S.PAID}),
}
DEBT_TRANSITIONS: Mapping[DebtState, frozenset[DebtState]] = {
    DebtState.DUE: frozenset({DebtState.PAID, DebtState.OVERPAID}),
    DebtState.PAID: frozenset({DebtState.OVERPAID}),
    DebtState.OVERPAID: frozenset({DebtState.PAID}),
}


@dataclass(frozen=True)
class Bill:
    """What a debt is known by at the DGFiP: its régie, its year, its reference."""

    regie_id: str
    exer: str
    refdet: str


@dataclass(frozen=True)
class Debt:
    """Something to pay, once; `amount_cents` never changes."""

    id: UUID
    source: Source
    procedure_id: str
    bill: Bill
    amount_cents: int
    objet: str
    state: DebtState
    created_at: datetime
    request_id: UUID | None = None


@dataclass(frozen=True)
class Payer:
    """One person's dealing with a debt: the secret's hash, the language, the sealed address.

    `wrapped_key` is None once the payer's data are erased: the accounts stay, the person is gone.
    """

    id: UUID
    debt_id: UUID
    access_key_hash: bytes
    account_id: UUID | None
    wrapped_key: bytes | None
    sealed_email: bytes
    language: str
    created_at: datetime


@dataclass(frozen=True)
class Attempt:
    """One try; what it asked for is kept here, to be compared with what the DGFiP says (rule 5)."""

    id: UUID
    debt_id: UUID
    payer_id: UUID
    bill: Bill
    mode: Mode
    numcli: str
    amount_cents: int
    objet: str
    saisie: str
    state: AttemptState
    created_at: datetime
    token_hash: bytes
    idop: str | None = None
    result: str | None = None
    authorisation: str | None = None
    transacted_at: datetime | None = None
    returned_at: datetime | None = None
    looked_up_at: datetime | None = None
    next_look_up_at: datetime | None = None

    @property
    def is_live(self) -> bool:
        """Say whether it keeps others from being made."""
        return self.state in LIVE


@dataclass(frozen=True)
class AttemptEvent:
    """A dated step of an attempt."""

    at: datetime
    kind: str
    attempt_id: UUID


class PaymentNotFound(DomainError):
    """No such payment, or not for this caller: the two are not told apart."""

    code = "payment-not-found"


class BillInvalid(DomainError):
    """The bill as typed has faults; `errors` says which fields and why."""

    code = "bill-invalid"


class AlreadyPaid(DomainError):
    """The bill is paid, or declared so: it must not be paid twice (rule 2)."""

    code = "already-paid"


class PaymentUnderway(DomainError):
    """Another attempt on the bill is not over; `retry_at` says when it can be tried again."""

    code = "payment-underway"


class ProviderUnavailable(DomainError):
    """The DGFiP does not answer: nothing was charged, nothing can be begun now."""

    code = "provider-unavailable"


class OnlinePaymentClosed(DomainError):
    """The régie takes no online payment: no settings, switched off, or outside its limits."""

    code = "online-payment-closed"
