"""An attempt and a result that fit each other, to be spoilt one field at a time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.procedures.payments.model import Attempt, AttemptState, Bill, Mode
from services.procedures.payments.transaction import Answered, Faulted, Silent, Transaction

# ten in the morning in Paris
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
IDOP = "0191f0a0-0000-7000-8000-000000000001"
ATTEMPT = Attempt(
    id=UUID(int=1),
    debt_id=UUID(int=2),
    payer_id=UUID(int=3),
    bill=Bill("eau-assainissement", "2026", "202600000000000123"),
    mode=Mode.WEB_SERVICE,
    numcli="006382",
    amount_cents=4590,
    objet="Facture eau",
    saisie="T",
    state=AttemptState.OPEN,
    created_at=START,
    token_hash=bytes(32),
    idop=IDOP,
)
RESULT = Transaction(
    resultrans="P",
    numcli="006382",
    exer="2026",
    refdet="202600000000000123",
    montant="4590",
    saisie="T",
    numauto="000001",
    dattrans="24112026",
    heurtrans="1004",
    idop=IDOP,
)
NEVER_KNOWN = Faulted("P5", "")
NO_SUCH = Faulted("P1", "")
DOWN = Silent("time-out")


def attempt(**changes: Any) -> Attempt:
    return replace(ATTEMPT, **changes)


def answered(**changes: str) -> Answered:
    return Answered(replace(RESULT, **changes), "<raw/>")


def after(**elapsed: float) -> datetime:
    return START + timedelta(**elapsed)
