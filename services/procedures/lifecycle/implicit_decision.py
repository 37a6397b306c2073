"""The day on which silence decides, and what awaiting missing papers does to it (CRPA L114-5).

A delay in months runs from date to date and its last day may be a Sunday or a holiday, unless the
procedure's own rule prolongs it. Standard library.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from services.procedures.catalogue.model import ImplicitDecision, Outcome
from services.procedures.catalogue.periods import Unit
from services.procedures.catalogue.working_days import (
    add_working_days,
    is_working_day,
    working_day_from,
)


@dataclass(frozen=True)
class Wait:
    """Papers or answers awaited from the person: asked on a day, by a day; `ended_on` when given.

    `received` says whether they came; a request that replaces another ends it without them.
    """

    asked_on: date
    deadline_on: date
    ended_on: date | None = None
    received: bool = False


@dataclass(frozen=True)
class ImplicitDay:
    """When silence decides: None while the delay does not run. `awaited_since` is the open wait."""

    on: date | None
    awaited_since: date | None = None


def implicit_day(rule: ImplicitDecision, filed_on: date, waits: Iterable[Wait] = ()) -> ImplicitDay:
    """Return the day on which silence decides, with what was awaited meanwhile.

    Silence that accepts: the delay runs only from the receipt of what was missing. Silence that
    refuses: it stands still until the receipt, or the end of the time given, whichever is first.
    What is asked once the decision is born changes nothing.
    """
    start, still = filed_on, frozenset[date]()
    end: date | None = _last_day(rule, filed_on, still)
    since: date | None = None
    for wait in sorted(waits, key=lambda one: one.asked_on):
        if end is not None and wait.asked_on > end:
            break
        since = wait.asked_on if wait.ended_on is None else None
        if rule.outcome is Outcome.ACCEPTANCE:
            start = wait.ended_on if wait.received and wait.ended_on else start
            end = _last_day(rule, start, frozenset()) if wait.received else None
        else:
            still |= _days_of(wait)
            end = _last_day(rule, filed_on, still)
    return ImplicitDay(end, since)


def _days_of(wait: Wait) -> frozenset[date]:
    """Return the days on which the delay stands still: the day of the receipt counts again."""
    last = min(wait.deadline_on, wait.ended_on or wait.deadline_on)
    return frozenset(
        wait.asked_on + timedelta(days=shift) for shift in range((last - wait.asked_on).days)
    )


def _last_day(rule: ImplicitDecision, start: date, still: frozenset[date]) -> date:
    if rule.after.unit is Unit.WORKING_DAYS:
        lost = sum(is_working_day(day) and day > start for day in still)
        end = add_working_days(start, rule.after.value + lost)
    else:
        end = rule.after.added_to(start) + timedelta(days=len(still))
    return working_day_from(end) if rule.ends_on_working_day else end
