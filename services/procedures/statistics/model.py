"""What is counted of a decision."""

from dataclasses import dataclass
from datetime import date

# the kinds of steps that end a request, and the outcome that is counted
OUTCOMES = {
    "accepted": "accepted",
    "refused": "refused",
    "closed": "closed",
    "terminated": "closed",
    "withdrawn": "withdrawn",
}
# upper bound of each class of delay, in days
BOUNDS = (2, 7, 15, 30, 60)


@dataclass(frozen=True)
class DecisionCount:
    """How many requests of a procedure ended in a month, with an outcome, within a delay."""

    procedure_id: str
    service_id: str
    month: date
    outcome: str
    delay: str
    requests: int
    days: int
    late: int


@dataclass(frozen=True)
class RealDelay:
    """The real delay of a procedure: mean days from filing to decision, over `requests`."""

    requests: int
    mean_days: float
    late: int


def delay_class(days: int) -> str:
    """Return the class of a delay: `0-2`, `3-7`, ... `61+`."""
    lowest = 0
    for bound in BOUNDS:
        if days <= bound:
            return f"{lowest}-{bound}"
        lowest = bound + 1
    return f"{lowest}+"
