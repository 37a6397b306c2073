"""What operators do with operands of each type. Money is in cents."""

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.procedures.forms.operands import (
    DATE,
    MONEY,
    NUMBER,
    TIME,
    ExpressionFault,
    OperandType,
)

Operate = Callable[[Any, Any], Any]
ORDER: Mapping[type[ast.cmpop], Operate] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
EQUALITY: Mapping[type[ast.cmpop], Operate] = {ast.Eq: operator.eq, ast.NotEq: operator.ne}
ORDERED = (NUMBER, MONEY, DATE, TIME)
SYMBOLS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def whole(number: Decimal) -> Decimal:
    """Return a number rounded to a unit (cents, for money), halves away from zero."""
    return number.quantize(Decimal(1), ROUND_HALF_UP)


def _divided(left: Decimal, right: Decimal) -> Decimal | None:
    return None if right == 0 else left / right


def _money_divided(left: Decimal, right: Decimal) -> Decimal | None:
    return None if right == 0 else whole(left / right)


ARITHMETIC: Mapping[tuple[type[ast.operator], str, str], tuple[OperandType, Operate]] = {
    (ast.Add, "number", "number"): (NUMBER, operator.add),
    (ast.Sub, "number", "number"): (NUMBER, operator.sub),
    (ast.Mult, "number", "number"): (NUMBER, operator.mul),
    (ast.Div, "number", "number"): (NUMBER, _divided),
    (ast.Add, "money", "money"): (MONEY, operator.add),
    (ast.Sub, "money", "money"): (MONEY, operator.sub),
    (ast.Mult, "money", "number"): (MONEY, lambda left, right: whole(left * right)),
    (ast.Mult, "number", "money"): (MONEY, lambda left, right: whole(left * right)),
    (ast.Div, "money", "number"): (MONEY, _money_divided),
    (ast.Div, "money", "money"): (NUMBER, _divided),
}


def arithmetic_of(
    kind: type[ast.operator], left: OperandType, right: OperandType
) -> tuple[OperandType, Operate]:
    """Return the type and the function of `left <kind> right`."""
    found = ARITHMETIC.get((kind, left.name, right.name))
    if found is None:
        symbol = SYMBOLS.get(kind, kind.__name__)
        raise ExpressionFault(f"{symbol} means nothing between {left} and {right}")
    return found


def comparison_of(kind: type[ast.cmpop], left: OperandType, right: OperandType) -> Operate:
    """Return the function of a comparison."""
    if kind in (ast.In, ast.NotIn):
        return _membership(kind, left, right)
    if left.name != right.name:
        raise ExpressionFault(f"{left} is never compared with {right}")
    if kind in ORDER and left.name in {found.name for found in ORDERED}:
        return ORDER[kind]
    if kind in EQUALITY and not left.parts and left.element is None:
        left.refuse_unknown((right.literal,))
        right.refuse_unknown((left.literal,))
        return EQUALITY[kind]
    raise ExpressionFault(f"{left} and {right} cannot be compared so")


def _membership(kind: type[ast.cmpop], left: OperandType, right: OperandType) -> Operate:
    """`choice in ("a", "b")`, or `"a" in choices`."""
    is_in = kind is ast.In
    if left.name == "text" and right.name == "texts":
        left.refuse_unknown(right.literals)
    elif left.name == "text" and right.name == "choices":
        right.refuse_unknown((left.literal,))
    else:
        raise ExpressionFault(f"{left} is never in {right}")
    return lambda value, values: (value in values) is is_in
