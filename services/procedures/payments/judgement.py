"""What becomes of an attempt after a look-up: the protocol's rules 3, 4, 5 and 8, pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.procedures.payments.model import LIVE, Attempt, AttemptState
from services.procedures.payments.schedule import next_look_up
from services.procedures.payments.transaction import (
    KNOWN,
    PAID,
    REFUSED,
    Answered,
    Faulted,
    Finding,
    Transaction,
)

# an abandonment can still turn into a payment this long after its own time stamp
ABANDONMENT_SETTLES = timedelta(minutes=5)
# "unknown payment" is a death only for an attempt that a night has passed over
UNKNOWN_IS_DEAD = timedelta(hours=24)
PENDING_IS_LONG = timedelta(hours=24)
PENDING_IS_OVER = timedelta(days=7)
NOT_KNOWN_YET, NO_SUCH_PAYMENT = "P5", "P1"


class AlertKind(StrEnum):
    """What a cash officer is told."""

    PENDING = "pending"
    UNREACHABLE = "unreachable"
    UNKNOWN_RESULT = "unknown-result"
    MISMATCH = "mismatch"
    TEST_PAYMENT = "test-payment"
    PAID_LATE = "paid-late"
    OVERPAID = "overpaid"
    CREATION_UNKNOWN = "creation-unknown"
    CREATION_REFUSED = "creation-refused"
    UNRECONCILED = "unreconciled"
    UNMATCHED_LINE = "unmatched-line"
    FORGED = "forged"


@dataclass(frozen=True)
class Verdict:
    """The state that the attempt takes (perhaps its own), when to look again, what to tell."""

    state: AttemptState
    next_look_up_at: datetime | None
    alerts: tuple[AlertKind, ...] = ()


def judge(attempt: Attempt, finding: Finding, now: datetime, accepted: Collection[str]) -> Verdict:
    """Return what `finding` makes of `attempt`; `accepted` are the `saisie` that count as money."""
    if isinstance(finding, Answered):
        return _judge_result(attempt, finding.transaction, now, accepted)
    if isinstance(finding, Faulted) and finding.code == NOT_KNOWN_YET:
        return _judge_pending(attempt, now)
    if isinstance(finding, Faulted) and finding.code == NO_SUCH_PAYMENT:
        return _judge_missing(attempt, now)
    alert = AlertKind.UNKNOWN_RESULT if isinstance(finding, Faulted) else AlertKind.UNREACHABLE
    told = isinstance(finding, Faulted) or now - attempt.created_at >= PENDING_IS_LONG
    return _unchanged(attempt, now, (alert,) if told else (), after_error=True)


def differs(attempt: Attempt, transaction: Transaction) -> bool:
    """Say whether amount, reference, client or mode is not what the attempt asked for (rule 5)."""
    asked = (attempt.numcli, attempt.bill.refdet, attempt.saisie)
    told = (transaction.numcli, transaction.refdet, transaction.saisie)
    other_payment = transaction.idop.lower() not in ("", attempt.idop)
    return asked != told or other_payment or _cents(transaction.montant) != attempt.amount_cents


def _judge_result(
    attempt: Attempt, transaction: Transaction, now: datetime, accepted: Collection[str]
) -> Verdict:
    if attempt.state is AttemptState.PAID:
        return Verdict(AttemptState.PAID, None)
    if transaction.resultrans not in KNOWN:
        return _unchanged(attempt, now, (AlertKind.UNKNOWN_RESULT,))
    if differs(attempt, transaction):
        return _disputed(attempt, transaction, now, AlertKind.MISMATCH)
    if transaction.resultrans in PAID and transaction.saisie not in accepted:
        return _disputed(attempt, transaction, now, AlertKind.TEST_PAYMENT)
    if transaction.resultrans in PAID:
        late = () if attempt.state in LIVE else (AlertKind.PAID_LATE,)
        return Verdict(AttemptState.PAID, None, late)
    if attempt.state is not AttemptState.OPEN:
        return _unchanged(attempt, now)
    if transaction.resultrans in REFUSED:
        return _ended(attempt, AttemptState.REFUSED, now)
    return _judge_abandonment(attempt, transaction, now)


def _judge_abandonment(attempt: Attempt, transaction: Transaction, now: datetime) -> Verdict:
    settles_at = abandonment_settles_at(attempt, transaction)
    if now < settles_at:
        return Verdict(attempt.state, settles_at)
    return _ended(attempt, AttemptState.ABANDONED, now)


def abandonment_settles_at(attempt: Attempt, transaction: Transaction) -> datetime:
    """Return when an abandonment is final; without a readable time stamp, 20 minutes after."""
    # the page can be opened for 15 minutes: an abandonment without a date is no older than that
    stamp = transaction.at or attempt.created_at + timedelta(minutes=15)
    return stamp + ABANDONMENT_SETTLES


def _judge_pending(attempt: Attempt, now: datetime) -> Verdict:
    age = now - attempt.created_at
    if attempt.state is AttemptState.OPEN and age >= PENDING_IS_OVER:
        return _ended(attempt, AttemptState.EXPIRED, now, (AlertKind.PENDING,))
    told = attempt.is_live and age >= PENDING_IS_LONG
    return _unchanged(attempt, now, (AlertKind.PENDING,) if told else ())


def _judge_missing(attempt: Attempt, now: datetime) -> Verdict:
    if attempt.state is AttemptState.OPEN and now - attempt.created_at > UNKNOWN_IS_DEAD:
        return _ended(attempt, AttemptState.EXPIRED, now)
    return _unchanged(attempt, now)


def _disputed(
    attempt: Attempt, transaction: Transaction, now: datetime, alert: AlertKind
) -> Verdict:
    """Credit nothing and tell; only a payment keeps the bill from being paid again meanwhile.

    What is over stays so: another attempt may be under way, or a cash officer has decided.
    """
    if transaction.resultrans not in PAID or not attempt.is_live:
        return _unchanged(attempt, now, (alert,))
    state = AttemptState.DISPUTED
    return Verdict(state, next_look_up(state, attempt.created_at, now), (alert,))


def _ended(
    attempt: Attempt, state: AttemptState, now: datetime, alerts: tuple[AlertKind, ...] = ()
) -> Verdict:
    return Verdict(state, next_look_up(state, attempt.created_at, now), alerts)


def _unchanged(
    attempt: Attempt,
    now: datetime,
    alerts: tuple[AlertKind, ...] = (),
    *,
    after_error: bool = False,
) -> Verdict:
    state = attempt.state
    when = next_look_up(state, attempt.created_at, now, after_error=after_error)
    return Verdict(state, when, alerts)


def _cents(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
