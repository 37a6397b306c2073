"""A whole form: conditions, groups, composites and computed values."""

from datetime import date
from typing import Any

import pytest

from services.procedures.forms.cleaning import Setting
from services.procedures.forms.form_checks import form_faults
from services.procedures.forms.kept_answers import shown_typing
from services.procedures.forms.model import Form
from services.procedures.forms.reading import FormReading
from tests.services.procedures.forms.samples import field, form, options, text

SETTING = Setting("fr", {"30189": "Nîmes"}, date(2026, 11, 24))


CHILD = [
    field("name", "text", required=True),
    field("child_born", "date", required=True),
    field("school", "text", show="age(child_born) >= 3", require="age(child_born) >= 6"),
    field("parent", "person", show="household == 'alone'"),
]
FAMILY = form(
    [
        field("household", "choice", required=True, options=options("alone", "couple")),
        field("spouse", "person", show="household == 'couple'", require="household == 'couple'"),
        field("income", "money", min=0),
    ],
    [
        field(
            "children",
            "group",
            required=True,
            min=1,
            max=3,
            item_label=text("Enfant"),
            fields=CHILD,
        ),
        field("count_all", "computed", value="count(children) + 1", result="integer"),
        field(
            "fee",
            "computed",
            value="when(income < eur(1000), eur(5), eur(7.5)) * count(children)",
            result="money",
        ),
    ],
    [field("animal", "text", required=True)],
    p3="household == 'alone' and count(children) > 1",
)


def read(raw: dict[str, Any], of: Form = FAMILY) -> FormReading:
    return FormReading(of, raw, SETTING)


def codes(reading: FormReading, page: int, of: Form = FAMILY) -> dict[str, str]:
    return {error.field: error.code for error in reading.clean(of.pages[page]).errors}


def test_the_form_has_no_fault() -> None:
    assert list(form_faults(FAMILY)) == []


def test_what_is_not_shown_is_neither_asked_nor_kept() -> None:
    spouse = {"family_name": "P", "given_name": "U", "birth_date": "1990-01-01"}
    raw = {"household": "alone", "spouse": spouse, "animal": "chien"}
    reading = read(raw)
    assert codes(reading, 0) == {}
    assert reading.clean(FAMILY.pages[0]).values == {"household": "alone"}
    assert shown_typing(reading, FAMILY.pages[0], raw) == {"household": "alone"}
    assert not reading.page_shown(FAMILY.pages[2])
    assert shown_typing(reading, FAMILY.pages[2], raw) == {}
    assert codes(reading, 2) == {}


def test_a_condition_makes_an_answer_needed() -> None:
    reading = read({"household": "couple"})
    assert codes(reading, 0) == {
        "spouse.family_name": "required",
        "spouse.given_name": "required",
        "spouse.birth_date": "required",
    }


def test_a_page_is_shown_when_its_condition_is_met() -> None:
    child = {"name": "A", "child_born": "01/01/2025", "parent": {}}
    reading = read({"household": "alone", "children": [child, child]})
    assert reading.page_shown(FAMILY.pages[2])
    assert codes(reading, 2) == {"animal": "required"}


def test_each_item_of_a_group_follows_its_own_conditions() -> None:
    children = [
        {"name": "A", "child_born": "01/01/2025", "school": "Jules-Ferry"},
        {"name": "", "child_born": ""},
        {"name": "B", "child_born": "01/01/2018"},
        {"name": "", "child_born": "31/02/2018"},
    ]
    reading = read({"household": "couple", "children": children})
    assert codes(reading, 1) == {
        "children.2.school": "required",
        "children.3.name": "required",
        "children.3.child_born": "not-a-date",
    }
    kept = shown_typing(reading, FAMILY.pages[1], {"children": children})["children"]
    assert "school" not in kept[0]
    assert len(kept) == 4, "an error keeps leading to the item that was shown"


@pytest.mark.parametrize(
    ("children", "code"),
    [
        ([], "required"),
        (None, "required"),
        ([{"name": " "}], "required"),
        ([{"name": "A", "child_born": "1/1/2025"}] * 4, "too-many"),
        ("A", "wrong-shape"),
        (["A"], "wrong-shape"),
        ({"0": {}}, "wrong-shape"),
    ],
)
def test_a_group_has_a_size_and_a_shape(children: Any, code: str) -> None:
    assert codes(read({"household": "couple", "children": children}), 1) == {"children": code}


def test_values_are_computed_from_what_is_understood() -> None:
    child = {"name": "A", "child_born": "01/01/2025"}
    reading = read({"household": "couple", "income": "1 234,50", "children": [child, child]})
    values = reading.clean(FAMILY.pages[1]).values
    assert (values["count_all"], values["fee"]) == (3, 1500)
    assert read({"income": "999", "children": [child]}).answer("fee").value == 500


def test_a_computed_value_cannot_be_typed() -> None:
    assert read({"fee": "0", "count_all": 99, "children": []}).answer("count_all").value == 1


@pytest.mark.parametrize("raw", ["text", ["a"], 3, True])
def test_a_composite_is_an_object(raw: Any) -> None:
    assert codes(read({"household": "couple", "spouse": raw}), 0) == {"spouse": "wrong-shape"}


LINKED = form(
    [
        field("sport", "choice", options=options("swim", "run")),
        field(
            "place",
            "linked_choice",
            follows="sport",
            options=options("pool", "track", "hall", pool=["swim"], track=["run"]),
        ),
        field("stay", "date_range", min="today"),
        field("at", "time"),
        field("home", "address", local=True),
        field("spot", "map_point"),
    ]
)


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ({"sport": "swim", "place": "pool"}, {}),
        ({"sport": "swim", "place": "hall"}, {}),
        ({"sport": "swim", "place": "track"}, {"place": "not-offered-with"}),
        ({"sport": "swim", "place": "sea"}, {"place": "unknown-choice"}),
        ({"stay": {"first": "1/12/2026", "last": "1/12/2026"}}, {}),
        ({"stay": {"first": "2/12/2026", "last": "1/12/2026"}}, {"stay.last": "wrong-order"}),
        (
            {"stay": {"first": "1/12/2025", "last": ""}},
            {"stay.first": "too-early", "stay.last": "required"},
        ),
        ({"at": "14h30"}, {}),
        ({"at": "25:00"}, {"at": "not-a-time"}),
        ({"home": {"street": "1 rue", "postal_code": "30000", "commune": "30189"}}, {}),
        ({"home": {"street": "", "postal_code": "", "commune": ""}}, {}),
        (
            {"home": {"street": "1 rue", "postal_code": "3000", "commune": "75056"}},
            {"home.postal_code": "not-a-postal-code", "home.commune": "unknown-commune"},
        ),
        ({"spot": {"address": "le pont"}}, {}),
        ({"spot": {"address": "le pont", "latitude": "91"}}, {"spot.latitude": "too-large"}),
    ],
)
def test_parts_are_checked_one_by_one(raw: dict[str, Any], fault: dict[str, str]) -> None:
    assert codes(read(raw, LINKED), 0, LINKED) == fault
