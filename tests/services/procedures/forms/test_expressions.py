"""The language of conditions: typed when loaded, safe and total when run."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.procedures.forms.expressions import (
    compile_condition,
    compile_expression,
)
from services.procedures.forms.operands import (
    BOOLEAN,
    DATE,
    MONEY,
    NUMBER,
    TEXT,
    ExpressionFault,
    OperandType,
)

TYPES = {
    "reason": OperandType("text", frozenset({"first", "lost"})),
    "wastes": OperandType("choices", frozenset({"glass", "paper"})),
    "people": NUMBER,
    "income": MONEY,
    "born": DATE,
    "tenant": BOOLEAN,
    "name": TEXT,
    "address": OperandType("composite", parts={"city": TEXT}),
    "children": OperandType("group", parts={"born": DATE, "fee": MONEY, "name": TEXT}),
}
ANSWERS: dict[str, Any] = {
    "reason": "lost",
    "wastes": ["glass"],
    "people": Decimal(3),
    "income": Decimal(100_050),
    "born": date(2000, 11, 24),
    "tenant": False,
    "name": "Manon",
    "address": {"city": "Nîmes"},
    "children": [{"born": date(2020, 1, 1), "fee": Decimal(500), "name": "A"}, {"fee": None}],
    "today": date(2026, 11, 24),
}


def value(text: str, answers: dict[str, Any] = ANSWERS) -> Any:
    return compile_expression(text, TYPES).run(answers.get)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("reason == 'lost'", True),
        ("reason != 'lost'", False),
        ("reason in ('first', 'lost')", True),
        ("reason not in ('first', 'lost')", False),
        ("'glass' in wastes and not tenant", True),
        ("'paper' in wastes or tenant", False),
        ("people >= 3", True),
        ("people * 2 + 1", Decimal(7)),
        ("-people", Decimal(-3)),
        ("income / people", Decimal(33350)),
        ("income / eur(1)", Decimal("1000.5")),
        ("income * 0.333", Decimal(33317)),
        ("income > eur(1000.49)", True),
        ("age(born)", Decimal(26)),
        ("age(born, day(2026, 11, 23))", Decimal(25)),
        ("days(born, born)", Decimal(0)),
        ("year(today)", Decimal(2026)),
        ("count(children)", Decimal(2)),
        ("count(wastes) == 1", True),
        ("sum(children.fee)", Decimal(500)),
        ("min(people, 2)", Decimal(2)),
        ("max(eur(1), income)", Decimal(100_050)),
        ("round(people / 7, 2)", Decimal("0.43")),
        ("address.city == 'Nîmes'", True),
        ("given(name) and not given(address.city)", False),
        ("when(tenant, eur(1), eur(2))", Decimal(200)),
        ("true", True),
        ("people / 0", None),
        ("day(2026, 2, 30)", None),
    ],
)
def test_it_gives(text: str, expected: Any) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("reason == 'lost'", False),
        ("reason != 'lost'", False),
        ("not tenant", True),
        ("people * 2", None),
        ("income + eur(1)", None),
        ("age(born) >= 18", False),
        ("count(children)", Decimal(0)),
        ("sum(children.fee)", Decimal(0)),
        ("given(name)", False),
        ("address.city == 'Nîmes'", False),
        ("'glass' in wastes", False),
        ("when(tenant, 1, 2)", Decimal(2)),
    ],
)
def test_without_answers_it_gives(text: str, expected: Any) -> None:
    assert value(text, {"today": ANSWERS["today"]}) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("resaon == 'lost'", "'resaon' is no field"),
        ("reason == 'stolen'", "'stolen' is none of the options: first, lost"),
        ("reason in ('lost', 'stolen')", "'stolen' is none of the options"),
        ("'plastic' in wastes", "'plastic' is none of the options"),
        ("people == 'three'", "number is never compared with text"),
        ("people + income", r"\+ means nothing between number and money"),
        ("income * income", r"\* means nothing"),
        ("born + 1", r"\+ means nothing between date"),
        ("reason < 'lost'", "cannot be compared so"),
        ("address.street", "'street' is no part of this composite; there are: city"),
        ("name.city", "'city' is no part of this text"),
        ("age(people)", r"is called as age\(date\) or age\(date, date\)"),
        ("sum(children.name)", "takes the numbers or amounts"),
        ("sum(people)", "takes the numbers or amounts"),
        ("min(people, income)", "takes two numbers"),
        ("people and tenant", "must be true or false, not number"),
        ("not people", "must be true or false"),
        ("when(people, 1, 2)", "takes a condition"),
        ("1 < people < 3", "compares more than two things at once"),
        ("__import__('os')", "calls an unknown function"),
        ("name.__class__", "is no part of this text"),
        ("(lambda: 1)()", "calls an unknown function"),
        ("[name for name in 'abc']", "may not hold"),
        ("name[0]", "may not hold"),
        ("f'{name}'", "may not hold"),
        ("people ** 9", "means nothing"),
        ("b'x'", "may not hold"),
        ("none", "is no field"),
        ("None", "may not hold"),
        ("reason ==", "cannot be read"),
        ("", "cannot be read"),
        ("name := 'a'", "cannot be read"),
        ("(" * 300, "cannot be read"),
        ("()", "may list texts only"),
        ("not " * 40 + "tenant", "nested too deeply"),
        ("name == '" + "x" * 600 + "'", "longer than 500"),
        ("1e999999999 > people", "beyond"),
        ("\x00", "cannot be read"),
    ],
)
def test_it_refuses(text: str, reason: str) -> None:
    with pytest.raises(ExpressionFault, match=reason):
        compile_expression(text, TYPES)


def test_a_condition_is_true_or_false() -> None:
    with pytest.raises(ExpressionFault, match="must be true or false, not number"):
        compile_condition("people + 1", TYPES)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="peopl incmchildr.tw()'\"<>=!+-*/,0123456789andorti[]{}:\n", max_size=80))
def test_any_text_is_an_expression_or_a_fault(text: str) -> None:
    try:
        found = compile_expression(text, TYPES)
    except ExpressionFault:
        return
    for answers in (ANSWERS, {"today": ANSWERS["today"]}):
        with suppress(ArithmeticError):
            found.run(answers.get)
