"""What must be true of the accounts at any time, checked against what the DGFiP really did."""

from collections.abc import Mapping, Sequence

from chassis.database import Connection, Row
from deploy.simulators.dgfip.model import Operation
from services.procedures.payments.transaction import PAID

SELECT_ATTEMPTS_OF = """
SELECT a.id, a.idop, a.state, a.refdet, a.amount_cents, a.numcli, a.saisie, a.debt_id,
    c.kind, c.amount_cents AS credited, c.result AS credited_as,
    r.amount_cents AS queued, d.state AS debt_state
FROM payment_attempts a
JOIN debts d ON d.id = a.debt_id
LEFT JOIN credits c ON c.attempt_id = a.id
LEFT JOIN refunds r ON r.attempt_id = a.id
WHERE a.refdet = ANY($1::text[])
"""
SELECT_LIVE_WITHOUT_ALERT = """
SELECT count(*)
FROM payment_attempts a
WHERE a.refdet = ANY($1::text[])
    AND a.state IN ('started', 'unknown', 'open', 'declared', 'disputed')
    AND NOT EXISTS (SELECT 1 FROM payment_alerts WHERE attempt_id = a.id AND closed_at IS NULL)
"""
SILENCE = "UPDATE payment_attempts SET next_look_up_at = NULL"
LIVE = {"started", "unknown", "open", "declared", "disputed"}


async def ledger_faults(
    connection: Connection,
    operations: Mapping[str, Operation],
    refs: Sequence[str],
    everything: bool = False,
) -> list[str]:
    """Return each thing that is wrong; with `everything`, payments not yet credited too."""
    rows = await connection.fetch(SELECT_ATTEMPTS_OF, list(refs))
    operations = {**operations, **_found_by_file(rows, operations)}
    faults = [fault for row in rows for fault in _faults_of(row, operations, everything)]
    for refdet in refs:
        mine = [row for row in rows if row["refdet"] == refdet]
        if sum(row["kind"] == "payment" for row in mine) > 1:
            faults.append(f"{refdet} is paid twice")
        if sum(row["state"] in LIVE for row in mine) > 1:
            faults.append(f"{refdet} has two live attempts")
        kinds = {row["kind"] for row in mine if row["kind"]}
        if kinds and "payment" not in kinds:
            faults.append(f"{refdet} is overpaid and not paid")
        states = {row["debt_state"] for row in mine}
        expected = "overpaid" if "overpayment" in kinds else "paid" if kinds else "due"
        if mine and states != {expected}:
            faults.append(f"{refdet} is {states}, not {expected}")
    return faults


def _found_by_file(
    rows: Sequence[Row], operations: Mapping[str, Operation]
) -> dict[str, Operation]:
    """Return, by attempt, the payment behind a credit of which only the daily file knew."""
    numbered = {row["idop"] for row in rows}
    free = [one for idop, one in operations.items() if idop not in numbered and one.result in PAID]
    found = {}
    for row in rows:
        match = next((one for one in free if _agrees(row, one)), None)
        if row["idop"] is None and row["kind"] is not None and match is not None:
            free.remove(match)
            found[str(row["id"])] = match
    return found


def _faults_of(row: Row, operations: Mapping[str, Operation], everything: bool) -> list[str]:
    operation = operations.get(row["idop"] or str(row["id"]))
    faithful = operation is not None and operation.result in PAID and _agrees(row, operation)
    found = []
    if (row["state"] == "paid") != (row["kind"] is not None):
        found.append(f"{row['id']} is {row['state']} with the credit {row['kind']}")
    if row["kind"] is not None and not faithful:
        found.append(f"{row['id']} is credited without a verified payment")
    if row["kind"] is not None and row["credited"] != row["amount_cents"]:
        found.append(f"{row['id']} is credited with another amount")
    if (row["kind"] == "overpayment") != (row["queued"] is not None):
        found.append(f"{row['id']} is an overpayment out of the refund queue")
    if everything and faithful and row["kind"] is None:
        found.append(f"{row['id']} is paid and not credited")
    return found


def _agrees(row: Row, operation: Operation) -> bool:
    told = operation.echoed()
    return (told["refdet"], told["numcli"], told["saisie"], int(told["montant"])) == (
        row["refdet"],
        row["numcli"],
        row["saisie"],
        row["amount_cents"],
    )
