"""A line of the daily file that the DGFiP gives a régie: one verified payment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.procedures.payments.model import Bill
from services.procedures.payments.transaction import PAID, Transaction

COLUMNS = ("dattrans", "heurtrans", "numcli", "exer", "refdet", "montant", "resultrans", "numauto")


@dataclass(frozen=True)
class DailyLine:
    """What the line says, understood; `transaction` is the same as the protocol tells it."""

    bill: Bill
    numcli: str
    amount_cents: int
    result: str
    authorisation: str
    transacted_at: datetime
    transaction: Transaction


def understand_line(cells: Mapping[str, str], regie_id: str) -> DailyLine | str:
    """Return the line, or the name of the column at fault."""
    transaction = Transaction.of(cells)
    if transaction.at is None:
        return "dattrans"
    amount = transaction.montant
    if not (amount.isascii() and amount.isdigit() and len(amount) <= 9):
        return "montant"
    if transaction.resultrans not in PAID:
        return "resultrans"
    if not transaction.refdet:
        return "refdet"
    bill = Bill(regie_id, transaction.exer, transaction.refdet)
    return DailyLine(
        bill,
        transaction.numcli,
        int(amount),
        transaction.resultrans,
        transaction.numauto,
        transaction.at,
        transaction,
    )
