"""French legal holidays and the days on which offices work."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.procedures.catalogue.working_days import (
    add_working_days,
    easter,
    holidays,
    is_working_day,
    working_day_from,
)

DAYS = st.dates(date(1970, 1, 1), date(2199, 12, 31))
# as the calendars of the years print them; the earliest and the latest possible among them
EASTERS = [
    date(1818, 3, 22),
    date(1943, 4, 25),
    date(1954, 4, 18),
    date(1981, 4, 19),
    date(2000, 4, 23),
    date(2008, 3, 23),
    date(2011, 4, 24),
    date(2024, 3, 31),
    date(2025, 4, 20),
    date(2026, 4, 5),
    date(2027, 3, 28),
    date(2038, 4, 25),
    date(2049, 4, 18),
    date(2076, 4, 19),
    date(2100, 3, 28),
    date(2285, 3, 22),
]


@pytest.mark.parametrize("sunday", EASTERS, ids=str)
def test_it_knows_easter(sunday: date) -> None:
    assert easter(sunday.year) == sunday


@given(st.integers(1583, 9998))
def test_easter_is_a_sunday_of_march_or_april(year: int) -> None:
    sunday = easter(year)
    assert sunday.weekday() == 6
    assert date(year, 3, 22) <= sunday <= date(year, 4, 25)


def test_a_year_has_its_eleven_holidays() -> None:
    days = ["01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01"]
    expected = [f"2026-{day}" for day in [*days, "11-11", "12-25"]]
    assert [day.isoformat() for day in sorted(holidays(2026))] == expected


def test_ascension_and_the_first_of_may_can_be_one_day() -> None:
    assert date(2008, 5, 1) in holidays(2008)
    assert len(holidays(2008)) == 10


def test_no_holiday_is_a_working_day() -> None:
    for year in range(2020, 2060):
        assert not [day for day in holidays(year) if is_working_day(day)]


@given(DAYS)
def test_the_working_day_from_a_day_is_itself_or_the_first_after(day: date) -> None:
    found = working_day_from(day)
    assert is_working_day(found)
    between = [day + timedelta(days=shift) for shift in range((found - day).days)]
    assert not any(is_working_day(one) for one in between)


@given(DAYS, st.integers(0, 300))
def test_as_many_working_days_pass_as_were_added(day: date, count: int) -> None:
    end = add_working_days(day, count)
    passed = [day + timedelta(days=shift) for shift in range(1, (end - day).days + 1)]
    assert sum(is_working_day(one) for one in passed) == count
    assert count == 0 or is_working_day(end)


@given(DAYS, st.integers(0, 100), st.integers(0, 100))
def test_working_days_can_be_added_in_two_goes(day: date, first: int, then: int) -> None:
    assert add_working_days(add_working_days(day, first), then) == add_working_days(
        day, first + then
    )
