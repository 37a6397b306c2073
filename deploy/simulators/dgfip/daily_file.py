"""The daily file of a régie: one line a paid operation, semicolons, amounts in cents."""

import csv
import io
from collections.abc import Iterable

from deploy.simulators.dgfip.clock import PARIS
from deploy.simulators.dgfip.model import Operation

COLUMNS = ("dattrans", "heurtrans", "numcli", "exer", "refdet", "montant", "resultrans", "numauto")


def daily_file(operations: Iterable[Operation]) -> str:
    """Return the file's text, header first."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for operation in operations:
        writer.writerow(_line(operation))
    return written.getvalue()


def _line(operation: Operation) -> list[str]:
    fields = operation.echoed()
    local = (operation.decided_at or operation.created_at).astimezone(PARIS)
    return [
        f"{local:%d%m%Y}",
        f"{local:%H%M}",
        *(fields[name] for name in ("numcli", "exer", "refdet", "montant")),
        operation.result,
        operation.authorisation,
    ]
