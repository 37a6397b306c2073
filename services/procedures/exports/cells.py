"""The columns of an extraction and the text of its cells."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from services.procedures.desk.model import QueueRow
from services.procedures.lifecycle.steps import STATE_LABELS

# new columns are only ever added after these
COLUMNS = (
    "numero",
    "demarche",
    "etat",
    "etat_libelle",
    "deposee_le",
    "promise_le",
    "decidee_le",
    "delai_jours",
    "en_retard",
    "affectee",
)
# what a spreadsheet would take for a formula (OWASP, CSV injection)
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MAX_CELL = 32_000


def harmless(text: str) -> str:
    """Return a text that no spreadsheet runs, without what XML cannot hold."""
    clean = "".join(
        letter for letter in text if letter in "\t\n\r" or (letter >= " " and letter < "\ufffe")
    )
    return ("'" + clean if clean.startswith(RISKY) else clean)[:MAX_CELL]


def cells(row: QueueRow, zone: ZoneInfo, today: date) -> Sequence[str]:
    """Return the cells of a request, in the order of `COLUMNS`; days are ISO."""
    filed_on = row.filed_at.astimezone(zone).date()
    decided_on = row.decided_at.astimezone(zone).date() if row.decided_at else None
    last = decided_on or today
    late = row.due_on is not None and last > row.due_on
    return (
        row.number,
        row.procedure_id,
        str(row.state),
        STATE_LABELS[row.state].fr,
        filed_on.isoformat(),
        row.due_on.isoformat() if row.due_on else "",
        decided_on.isoformat() if decided_on else "",
        str((last - filed_on).days),
        "oui" if late else "non",
        "oui" if row.assigned_to else "non",
    )
