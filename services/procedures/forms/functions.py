"""The functions of expressions: counts, sums, ages, rounding."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.procedures.forms.operands import (
    BOOLEAN,
    DATE,
    MONEY,
    NUMBER,
    ExpressionFault,
    OperandType,
)

Result = Callable[[str, Sequence[OperandType]], OperandType]


@dataclass(frozen=True)
class Function:
    """A function; one that `takes_nothing` is also called for answers that are missing."""

    result: Result
    run: Callable[..., Any]
    takes_nothing: bool = False


def _takes(kinds: Sequence[Sequence[str]], result: OperandType) -> Result:
    """Make the check of a function whose arguments are of one of these lists of types."""

    def check(name: str, given: Sequence[OperandType]) -> OperandType:
        if [str(kind) for kind in given] not in [list(expected) for expected in kinds]:
            wanted = " or ".join(f"{name}({', '.join(expected)})" for expected in kinds)
            raise ExpressionFault(f"is called as {wanted}")
        return result

    return check


def _counts(name: str, given: Sequence[OperandType]) -> OperandType:
    if len(given) != 1 or given[0].name not in ("group", "choices", "list"):
        raise ExpressionFault(f"{name} takes a repeated group or a choice of several")
    return NUMBER


def _gathers(name: str, given: Sequence[OperandType]) -> OperandType:
    element = given[0].element if len(given) == 1 else None
    if element is None or element.name not in ("number", "money"):
        raise ExpressionFault(f"{name} takes the numbers or amounts of a repeated group")
    return element


def _same_kind(name: str, given: Sequence[OperandType]) -> OperandType:
    names = {kind.name for kind in given}
    if len(given) < 2 or len(names) != 1 or not names <= {"number", "money", "date"}:
        raise ExpressionFault(f"{name} takes two numbers, amounts or dates, or more")
    return given[0]


def _anything(name: str, given: Sequence[OperandType]) -> OperandType:
    if len(given) != 1:
        raise ExpressionFault(f"{name} takes one field")
    return BOOLEAN


def _choose(name: str, given: Sequence[OperandType]) -> OperandType:
    if len(given) != 3 or given[0] is not BOOLEAN or given[1].name != given[2].name:
        raise ExpressionFault(f"{name} takes a condition and two values of one type")
    return given[1]


def whole_years(first: date, last: date) -> int:
    """Return the whole years from one day to another: an age, on a birthday one more."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _age(born: date, on: date | None = None, *, today: date) -> Decimal:
    return Decimal(whole_years(born, on or today))


def _rounded(number: Decimal, places: Decimal = Decimal(0), *, today: date) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)


FUNCTIONS: dict[str, Function] = {
    "age": Function(_takes([["date"], ["date", "date"]], NUMBER), _age),
    "days": Function(
        _takes([["date", "date"]], NUMBER),
        lambda first, last, *, today: Decimal((last - first).days),
    ),
    "year": Function(_takes([["date"]], NUMBER), lambda day, *, today: Decimal(day.year)),
    "month": Function(_takes([["date"]], NUMBER), lambda day, *, today: Decimal(day.month)),
    "day": Function(
        _takes([["number", "number", "number"]], DATE),
        lambda year, month, day, *, today: _day(year, month, day),
    ),
    "eur": Function(
        _takes([["number"]], MONEY),
        lambda number, *, today: (number * 100).quantize(Decimal(1), ROUND_HALF_UP),
    ),
    "round": Function(_takes([["number"], ["number", "number"]], NUMBER), _rounded),
    "count": Function(
        _counts, lambda found, *, today: Decimal(len(found or [])), takes_nothing=True
    ),
    "sum": Function(
        _gathers, lambda found, *, today: sum(found or [], Decimal(0)), takes_nothing=True
    ),
    "min": Function(_same_kind, lambda *found, today: min(found)),
    "max": Function(_same_kind, lambda *found, today: max(found)),
    "given": Function(
        _anything, lambda found, *, today: found not in (None, "", [], {}), takes_nothing=True
    ),
    "when": Function(
        _choose,
        lambda holds, one, other, *, today: one if holds is True else other,
        takes_nothing=True,
    ),
}


def _day(year: Decimal, month: Decimal, day: Decimal) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None
