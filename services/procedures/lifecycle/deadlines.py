"""The days that matter in the life of a request: promised, watched, erased (REQ-09, REQ-11)."""

from datetime import date, timedelta

from services.procedures.catalogue.periods import Duration, Unit
from services.procedures.lifecycle.model import FINAL_STATES, State

# a request that was escalated or taken in hand late is looked at again after a week
AGAIN_DAYS = 7
ANSWER_DAYS = 30


def first_attention(filed_on: date, due_on: date) -> date:
    """Return the day by which somebody must have taken a new request in hand: halfway."""
    return filed_on + timedelta(days=max(1, (due_on - filed_on).days // 2))


def next_attention(
    state: State, today: date, due_on: date | None, deadline: date | None = None
) -> date | None:
    """Return the day on which a request in this state is escalated if nothing moves."""
    if state in FINAL_STATES:
        return None
    again = today + timedelta(days=AGAIN_DAYS)
    if state is State.AWAITING_PERSON:
        return (deadline or today + timedelta(days=ANSWER_DAYS)) + timedelta(days=AGAIN_DAYS)
    if state is State.ESCALATED or due_on is None:
        return again
    return max(due_on + timedelta(days=1), again)


def erasure_day(decided_on: date, months: int) -> date:
    """Return the day on which personal data are destroyed."""
    return Duration(months, Unit.MONTHS).added_to(decided_on)
