"""When a procedure is open: durations, periods, suspension (CAT-05, CAT-06). Standard library."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from authority.text import Text
from services.procedures.catalogue.working_days import add_working_days


class Unit(StrEnum):
    """Unit of a delay."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True)
class Duration:
    """A delay, e.g. two months."""

    value: int
    unit: Unit

    def added_to(self, day: date) -> date:
        """Return the day on which the delay that starts on `day` ends, in calendar months."""
        if self.unit is Unit.DAYS:
            return day + timedelta(days=self.value)
        if self.unit is Unit.WEEKS:
            return day + timedelta(weeks=self.value)
        if self.unit is Unit.MONTHS:
            year, month = divmod(day.year * 12 + day.month - 1 + self.value, 12)
            return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        return add_working_days(day, self.value)


@dataclass(frozen=True)
class OncePeriod:
    """Open once, from the first to the last day, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class YearlyPeriod:
    """Open each year from one (month, day) to another, both included; may go past the new year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def window(self, year: int) -> OncePeriod:
        """Return the opening that begins in `year`."""
        ends = year if self.first <= self.last else year + 1
        return OncePeriod(_day_of(year, self.first), _day_of(ends, self.last))


Period = OncePeriod | YearlyPeriod


@dataclass(frozen=True)
class Suspension:
    """A suspension from `since` to `until` (last day, None while unknown), and why."""

    since: date
    until: date | None
    reason: Text

    def covers(self, day: date) -> bool:
        """Say whether the procedure is suspended that day."""
        return self.since <= day and (self.until is None or day <= self.until)


class AvailabilityState(StrEnum):
    """Whether a procedure can be begun and filed."""

    OPEN = "open"
    NOT_YET_OPEN = "not-yet-open"
    CLOSED = "closed"
    SUSPENDED = "suspended"


@dataclass(frozen=True)
class Availability:
    """The state on a day, with the window that it speaks of: the present or next one, or the past.

    `closed_since` is the last day of the window that closed; `suspension` says why and until when.
    """

    state: AvailabilityState
    opens_on: date | None = None
    closes_on: date | None = None
    closed_since: date | None = None
    suspension: Suspension | None = None

    @property
    def is_open(self) -> bool:
        """Say whether a request can be begun or filed."""
        return self.state is AvailabilityState.OPEN


def availability_in(period: Period | None, day: date) -> Availability:
    """Return the availability that the period alone gives on `day`."""
    if period is None:
        return Availability(AvailabilityState.OPEN)
    if isinstance(period, OncePeriod):
        return _in_window(period, day)
    windows = [period.window(day.year + shift) for shift in (-1, 0, 1)]
    for window in windows:
        if window.first <= day <= window.last:
            return _in_window(window, day)
    last = max((window for window in windows if window.last < day), key=lambda found: found.last)
    following = min((window for window in windows if window.first > day), key=lambda w: w.first)
    # just closed, or about to open: what is nearer is what people want to read
    if following.first - day < day - last.last:
        return _in_window(following, day)
    return Availability(AvailabilityState.CLOSED, following.first, following.last, last.last)


def _in_window(window: OncePeriod, day: date) -> Availability:
    if day < window.first:
        return Availability(AvailabilityState.NOT_YET_OPEN, window.first, window.last)
    if day <= window.last:
        return Availability(AvailabilityState.OPEN, window.first, window.last)
    return Availability(AvailabilityState.CLOSED, window.first, window.last, window.last)


def _day_of(year: int, month_and_day: tuple[int, int]) -> date:
    month, day = month_and_day
    return date(year, month, min(day, monthrange(year, month)[1]))
