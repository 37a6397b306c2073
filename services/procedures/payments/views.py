"""A payment as JSON, in its payer's words."""

from typing import Any

from authority.text import Text
from services.procedures.catalogue.model import ProcedureDefinition
from services.procedures.payments.fees import Fee, FeeState
from services.procedures.payments.model import Attempt, AttemptState
from services.procedures.payments.service import PaymentHistory
from services.procedures.payments.wording import STATES, euros

PAID_ALREADY = Text(fr="Cette facture est payée.", en="This bill is paid.")
DUE = Text(fr="Cette facture reste à payer.", en="This bill remains to be paid.")
ELSEWHERE = Text(
    fr="Un autre paiement de cette facture est en cours. Ne payez pas une seconde fois.",
    en="Another payment of this bill is under way. Do not pay a second time.",
)

FEES = {
    FeeState.DUE: Text(
        fr="Frais à payer : {amount}. Le paiement peut se faire maintenant ou plus tard.",
        en="Fee to pay: {amount}. It can be paid now or later.",
    ),
    FeeState.UNDERWAY: Text(
        fr="Un paiement des frais ({amount}) est en cours. Ne payez pas une seconde fois : nous "
        "vérifions auprès de la DGFiP.",
        en="A payment of the fee ({amount}) is under way. Do not pay a second time: we are "
        "checking with the DGFiP.",
    ),
    FeeState.PAID: Text(fr="Frais payés : {amount}.", en="Fee paid: {amount}."),
}


def fee_view(fee: Fee, language: str) -> dict[str, Any]:
    """Return what the owner of a request reads of its fee."""
    message = FEES[fee.state].in_language(language)
    amount = euros(fee.amount_cents, language)
    return {
        "amount_cents": fee.amount_cents,
        "state": fee.state,
        "message": message.format(amount=amount),
    }


def payment_view(
    history: PaymentHistory, definition: ProcedureDefinition | None, language: str
) -> dict[str, Any]:
    """Return everything that a payer sees; the e-mail address is not part of it."""
    debt = history.opened.debt
    state = summary_state(history)
    title = definition.title.in_language(language) if definition else debt.objet
    return {
        "id": str(history.opened.payer.id),
        "procedure": {"id": debt.procedure_id, "title": title},
        "reference": debt.bill.refdet,
        "exer": debt.bill.exer,
        "amount_cents": debt.amount_cents,
        "amount": euros(debt.amount_cents, language),
        "object": debt.objet,
        "request_id": str(debt.request_id) if debt.request_id else None,
        "state": state,
        "message": _message(history, state).in_language(language),
        "can_start": state in ("due", "refused", "abandoned", "expired", "failed", "open"),
        "created_at": history.opened.payer.created_at.isoformat(),
        "attempts": [_attempt_view(found, history, language) for found in history.attempts],
    }


def summary_state(history: PaymentHistory) -> str:
    """Return one word: paid, due, elsewhere, or the state of the last attempt."""
    last = history.attempts[0] if history.attempts else None
    if history.bill_is_paid:
        return "paid"
    if history.is_blocked:
        return "elsewhere"
    return str(last.state) if last is not None else "due"


def _message(history: PaymentHistory, state: str) -> Text:
    own_payment = any(found.state is AttemptState.PAID for found in history.attempts)
    if state == "paid":
        return STATES[AttemptState.PAID] if own_payment else PAID_ALREADY
    if state == "elsewhere":
        return ELSEWHERE
    return DUE if state == "due" else STATES[AttemptState(state)]


def _attempt_view(attempt: Attempt, history: PaymentHistory, language: str) -> dict[str, Any]:
    return {
        "id": str(attempt.id),
        "state": str(attempt.state),
        "label": STATES[attempt.state].in_language(language),
        "created_at": attempt.created_at.isoformat(),
        "looked_up_at": attempt.looked_up_at.isoformat() if attempt.looked_up_at else None,
        "authorisation": attempt.authorisation,
        "has_receipt": attempt.state is AttemptState.PAID,
        "events": [
            {"at": event.at.isoformat(), "kind": event.kind}
            for event in history.events
            if event.attempt_id == attempt.id
        ],
    }
