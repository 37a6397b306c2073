"""Working days in France: Monday to Friday but for legal holidays (Code du travail, L3133-1).

Those of Alsace-Moselle and of the overseas territories are theirs alone. Standard library.
"""

from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
SATURDAY = 5
# (month, day): New Year, Labour Day, 1945, Bastille Day, Assumption, All Saints, 1918, Christmas
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
# days after Easter Sunday: Easter Monday, Ascension, Whit Monday
MOVABLE = (1, 39, 50)


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Oudin's computation, 1940)."""
    golden, century = year % 19, year // 100
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    moon -= moon // 28 * (1 - 29 // (moon + 1) * ((21 - golden) // 11))
    sunday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    after = moon - sunday
    month = 3 + (after + 40) // 44
    return date(year, month, after + 28 - 31 * (month // 4))


@cache
def holidays(year: int) -> frozenset[date]:
    """Return the eleven legal holidays of a year; two may fall on one day."""
    fixed = {date(year, month, day) for month, day in FIXED}
    return frozenset(fixed | {easter(year) + timedelta(days=after) for after in MOVABLE})


def is_working_day(day: date) -> bool:
    """Say whether offices work that day."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def working_day_from(day: date) -> date:
    """Return `day`, or the first working day after it."""
    while not is_working_day(day):
        day += DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """Return the last of the `count` working days that follow `day`."""
    while count > 0:
        day += DAY
        count -= is_working_day(day)
    return day
