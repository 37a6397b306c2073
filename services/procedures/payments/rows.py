"""From a row to a model."""

from chassis.database import Row
from services.procedures.payments.model import (
    Attempt,
    AttemptState,
    Bill,
    Debt,
    DebtState,
    Mode,
    Payer,
    Source,
)


def bill_of(row: Row) -> Bill:
    """Return the bill that a row names."""
    return Bill(row["regie_id"], row["exer"], row["refdet"])


def debt_of(row: Row) -> Debt:
    """Return a debt."""
    return Debt(
        id=row["id"],
        source=Source(row["source"]),
        procedure_id=row["procedure_id"],
        bill=bill_of(row),
        amount_cents=row["amount_cents"],
        objet=row["objet"],
        state=DebtState(row["state"]),
        created_at=row["created_at"],
        request_id=row["request_id"],
    )


def payer_of(row: Row) -> Payer:
    """Return a payer."""
    return Payer(
        id=row["id"],
        debt_id=row["debt_id"],
        access_key_hash=row["access_key_hash"],
        account_id=row["account_id"],
        wrapped_key=row["wrapped_key"],
        sealed_email=row["email"],
        language=row["language"],
        created_at=row["created_at"],
    )


def attempt_of(row: Row) -> Attempt:
    """Return an attempt."""
    return Attempt(
        id=row["id"],
        debt_id=row["debt_id"],
        payer_id=row["payer_id"],
        bill=bill_of(row),
        mode=Mode(row["mode"]),
        numcli=row["numcli"],
        amount_cents=row["amount_cents"],
        objet=row["objet"],
        saisie=row["saisie"],
        state=AttemptState(row["state"]),
        created_at=row["created_at"],
        token_hash=row["token_hash"],
        idop=row["idop"],
        result=row["result"],
        authorisation=row["authorisation"],
        transacted_at=row["transacted_at"],
        returned_at=row["returned_at"],
        looked_up_at=row["looked_up_at"],
        next_look_up_at=row["next_look_up_at"],
    )
