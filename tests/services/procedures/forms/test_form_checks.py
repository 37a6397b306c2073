"""A form whose conditions are wrong is told, with the place and the reason."""

import pytest

from services.procedures.forms.form_checks import form_faults
from services.procedures.forms.model import Form
from tests.services.procedures.forms.samples import field, form, options


@pytest.mark.parametrize(
    ("made", "place", "reason"),
    [
        (form([field("a", "text", show="b == 'x'")]), "show", "'b' is no field"),
        (form([field("a", "text", show="count(a) > 1")]), "show", "takes a repeated group"),
        (form([field("a", "yes_no", show="a")]), 0, "depends on itself: a > a"),
        (
            form([field("a", "yes_no", show="b"), field("b", "yes_no", show="a")]),
            0,
            "depends on itself",
        ),
        (
            form([field("a", "yes_no", show="b")], [field("b", "yes_no")]),
            "show",
            "'b' is asked on a later page",
        ),
        (
            form([field("a", "yes_no")], [field("b", "text")], p2="a and not a"),
            "show",
            "can never be true",
        ),
        (form([field("a", "text")], p1="false"), "show", "can never be true"),
        (
            form([field("a", "computed", value="1 + 1", result="money")]),
            "value",
            "gives number, and result says money",
        ),
        (
            form([field("a", "linked_choice", follows="b", options=options("x", "y"))]),
            "follows",
            "'b' is no choice",
        ),
    ],
)
def test_a_faulty_form_is_told_with_its_place(made: Form, place: str | int, reason: str) -> None:
    faults = list(form_faults(made))
    assert len(faults) == 1
    assert faults[0][0][-1] == place
    assert reason in faults[0][1]
