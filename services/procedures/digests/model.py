"""How often a member of staff wants a digest, and on which days that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MONDAY, SATURDAY = 0, 5
# the authority's hour from which the day's digests leave
FROM_HOUR = 7
# digests older than this are forgotten: they only keep a day from being told twice
KEPT_DAYS = 31


class Every(StrEnum):
    """How often."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True)
class Waiting:
    """What waits in the queue of a service: figures that stop at 1,000, and some late numbers."""

    service_id: str
    filed: int
    late: int
    mine: int
    late_numbers: Sequence[str]

    @property
    def is_quiet(self) -> bool:
        """Say whether there is nothing to tell."""
        return not (self.filed or self.late or self.mine)


def wanted_on(day: date) -> list[Every]:
    """Return the choices that are served on a day: working days, and Mondays."""
    if day.weekday() >= SATURDAY:
        return []
    return [Every.DAILY, Every.WEEKLY] if day.weekday() == MONDAY else [Every.DAILY]
