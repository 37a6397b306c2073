"""What a browser or a notification claims, held against what was asked for: a forgery shows here.

Nothing claimed is ever believed; these comparisons only tell of it (PAY-02).
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from services.procedures.payments.judgement import differs
from services.procedures.payments.model import Attempt
from services.procedures.payments.transaction import CARD_PAID, DEBIT_PAID, PAID, Transaction

# the DGFiP's clock and ours, and minutes rounded
CLOCKS_DIFFER = timedelta(hours=1)
NUMBER_LENGTH = {CARD_PAID: 6, DEBIT_PAID: 16}


def contradicts(attempt: Attempt, claimed: Mapping[str, str]) -> bool:
    """Say whether a field, by lower-case name, is not what the attempt asked for or was told.

    Fields that are absent claim nothing.
    """
    asked = {
        "numcli": attempt.numcli,
        "exer": attempt.bill.exer,
        "refdet": attempt.bill.refdet,
        "objet": attempt.objet,
        "montant": str(attempt.amount_cents),
        "saisie": attempt.saisie,
        "resultrans": attempt.result or "",
        "numauto": attempt.authorisation or "",
    }
    told = {name: claimed[name].strip() for name in asked if name in claimed}
    if "montant" in told:
        told["montant"] = told["montant"].lstrip("0")
    return any(text != asked[name] for name, text in told.items())


def is_forged(
    attempt: Attempt, declared: Transaction, accepted: Collection[str], now: datetime
) -> bool:
    """Say whether a return of form mode cannot come from the DGFiP's page for this attempt."""
    return (
        differs(attempt, declared)
        or declared.exer != attempt.bill.exer
        or (declared.resultrans in PAID and not _is_payment(declared, accepted))
        or not _is_of_its_time(attempt, declared, now)
    )


def _is_payment(declared: Transaction, accepted: Collection[str]) -> bool:
    right_number = len(declared.numauto) == NUMBER_LENGTH[declared.resultrans]
    return right_number and declared.saisie in accepted


def _is_of_its_time(attempt: Attempt, declared: Transaction, now: datetime) -> bool:
    if declared.at is None:
        return not (declared.dattrans or declared.heurtrans)
    return attempt.created_at - CLOCKS_DIFFER <= declared.at <= now + CLOCKS_DIFFER
