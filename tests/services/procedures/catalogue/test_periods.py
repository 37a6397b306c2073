"""When procedures are open."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authority.text import Text
from services.procedures.catalogue.periods import (
    AvailabilityState,
    Duration,
    OncePeriod,
    Suspension,
    Unit,
    YearlyPeriod,
    availability_in,
)

OPEN, CLOSED = AvailabilityState.OPEN, AvailabilityState.CLOSED
NOT_YET = AvailabilityState.NOT_YET_OPEN

ONCE = OncePeriod(date(2026, 5, 1), date(2026, 6, 30))
SUMMER = YearlyPeriod((5, 15), (7, 31))
WINTER = YearlyPeriod((11, 1), (2, 29))


@pytest.mark.promise("CAT-05")
@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 4, 30), NOT_YET),
        (date(2026, 5, 1), OPEN),
        (date(2026, 6, 30), OPEN),
        (date(2026, 7, 1), CLOSED),
    ],
)
def test_a_period_is_open_from_its_first_to_its_last_day(
    day: date, state: AvailabilityState
) -> None:
    found = availability_in(ONCE, day)
    assert found.state is state
    assert (found.opens_on, found.closes_on) == (ONCE.first, ONCE.last)
    assert found.closed_since == (ONCE.last if state is CLOSED else None)


@pytest.mark.promise("CAT-05")
@pytest.mark.parametrize(
    ("period", "day", "state", "window"),
    [
        (SUMMER, date(2026, 5, 14), NOT_YET, (date(2026, 5, 15), date(2026, 7, 31))),
        (SUMMER, date(2026, 5, 15), OPEN, (date(2026, 5, 15), date(2026, 7, 31))),
        (SUMMER, date(2026, 7, 31), OPEN, (date(2026, 5, 15), date(2026, 7, 31))),
        (SUMMER, date(2026, 8, 1), CLOSED, (date(2027, 5, 15), date(2027, 7, 31))),
        (SUMMER, date(2027, 3, 1), NOT_YET, (date(2027, 5, 15), date(2027, 7, 31))),
        (WINTER, date(2026, 10, 31), NOT_YET, (date(2026, 11, 1), date(2027, 2, 28))),
        (WINTER, date(2026, 12, 31), OPEN, (date(2026, 11, 1), date(2027, 2, 28))),
        (WINTER, date(2027, 1, 1), OPEN, (date(2026, 11, 1), date(2027, 2, 28))),
        (WINTER, date(2028, 2, 29), OPEN, (date(2027, 11, 1), date(2028, 2, 29))),
        (WINTER, date(2027, 3, 1), CLOSED, (date(2027, 11, 1), date(2028, 2, 29))),
    ],
)
def test_a_yearly_period_comes_back(
    period: YearlyPeriod, day: date, state: AvailabilityState, window: tuple[date, date]
) -> None:
    found = availability_in(period, day)
    assert found.state is state
    assert (found.opens_on, found.closes_on) == window


DAYS_OF_YEAR = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: (day.month, day.day))


@given(first=DAYS_OF_YEAR, last=DAYS_OF_YEAR, day=st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_yearly_period_always_has_an_answer(
    first: tuple[int, int], last: tuple[int, int], day: date
) -> None:
    found = availability_in(YearlyPeriod(first, last), day)
    assert found.opens_on is not None
    assert found.closes_on is not None
    assert found.is_open == (found.opens_on <= day <= found.closes_on)
    if not found.is_open:
        assert day < found.opens_on <= day + timedelta(days=366)
    if found.state is CLOSED:
        assert found.closed_since is not None
        assert found.closed_since < day


def test_without_a_period_it_is_always_open() -> None:
    assert availability_in(None, date(2026, 1, 1)).is_open


def test_a_suspension_ends_after_its_last_day() -> None:
    known = Suspension(date(2026, 5, 1), date(2026, 5, 3), Text("Travaux", "Works"))
    covered = [known.covers(date(2026, 5, day)) for day in (1, 3, 4)]
    assert covered == [True, True, False]
    unknown = Suspension(date(2026, 5, 1), None, Text("Travaux", "Works"))
    assert not unknown.covers(date(2026, 4, 30))
    assert unknown.covers(date(2036, 5, 1))


@pytest.mark.parametrize(
    ("duration", "start", "end"),
    [
        (Duration(2, Unit.MONTHS), date(2026, 12, 31), date(2027, 2, 28)),
        (Duration(1, Unit.MONTHS), date(2026, 11, 24), date(2026, 12, 24)),
        (Duration(14, Unit.MONTHS), date(2026, 11, 30), date(2028, 1, 30)),
        (Duration(2, Unit.WEEKS), date(2026, 12, 24), date(2027, 1, 7)),
        (Duration(10, Unit.DAYS), date(2026, 2, 20), date(2026, 3, 2)),
        (Duration(5, Unit.WORKING_DAYS), date(2026, 12, 24), date(2027, 1, 4)),
    ],
)
def test_a_delay_has_an_end(duration: Duration, start: date, end: date) -> None:
    assert duration.added_to(start) == end
