"""What a person may type, and what is kept or said of it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authority.text import Text
from services.procedures.forms.messages import MESSAGES
from services.procedures.forms.model import (
    COMPOSITE_TYPES,
    SILENT_TYPES,
    FieldType,
    FormField,
    FormPage,
    Option,
)
from services.procedures.forms.reading import clean_page
from services.procedures.forms.validation import CleanedPage

TODAY = date(2026, 11, 24)
COMMUNES = {"30189": "Nîmes", "30047": "Bouillargues"}
LABEL = Text("Votre réponse", "Your answer")
OPTIONS = (
    Option("red", Text("Rouge", "Red")),
    Option("green", Text("Vert", "Green")),
    Option("blue", Text("Bleu", "Blue")),
)


def field(kind: FieldType, **more: Any) -> FormField:
    options = OPTIONS if kind in (FieldType.CHOICE, FieldType.CHOICES) else ()
    return FormField(id=kind.value, type=kind, label=LABEL, options=options, **more)


def clean(one: FormField, raw: Any, language: str = "fr") -> CleanedPage:
    page = FormPage("page", Text("Page", "Page"), None, (one,))
    return clean_page(page, {one.id: raw}, language, COMMUNES, TODAY)


def value_of(one: FormField, raw: Any) -> Any:
    cleaned = clean(one, raw)
    assert cleaned.errors == ()
    return cleaned.values[one.id]


def code_of(one: FormField, raw: Any) -> str:
    cleaned = clean(one, raw)
    assert cleaned.values == {}
    (error,) = cleaned.errors
    assert error.field == one.id
    return error.code


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (FieldType.TEXT, "  Zoe\u0301 d’Arc ", "Zoé d’Arc"),
        (FieldType.TEXT, "un\tdeux", "un deux"),
        (FieldType.TEXT, "\u202eeniart\u202c", "eniart"),
        (FieldType.LONG_TEXT, "un\r\ndeux\rtrois", "un\ndeux\ntrois"),
        (FieldType.INTEGER, "12\u202f345", 12345),
        (FieldType.INTEGER, "1 000 000", 1000000),
        (FieldType.INTEGER, "\u22127", -7),
        (FieldType.DATE, "1990-07-14", "1990-07-14"),
        (FieldType.DATE, "14/7/1990", "1990-07-14"),
        (FieldType.DATE, "14.07.1990", "1990-07-14"),
        (FieldType.DATE, "29 02 2024", "2024-02-29"),
        (FieldType.EMAIL, "Lea.Roux@Example.ORG", "Lea.Roux@example.org"),
        (FieldType.PHONE, "04 66 02 55 55", "+33466025555"),
        (FieldType.PHONE, "0033 4.66.02.55.55", "+33466025555"),
        (FieldType.PHONE, "+34 912 345 678", "+34912345678"),
        (FieldType.POSTAL_CODE, "30 000", "30000"),
        (FieldType.CHOICE, "green", "green"),
        (FieldType.CHOICES, ["blue", "red", "red"], ["red", "blue"]),
        (FieldType.CHOICES, "green", ["green"]),
        (FieldType.YES_NO, "yes", True),
        (FieldType.YES_NO, "Non", False),
        (FieldType.COMMUNE, "30189", "30189"),
    ],
)
def test_it_understands_what_people_type(kind: FieldType, typed: Any, kept: Any) -> None:
    assert value_of(field(kind), typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (FieldType.TEXT, "a\x00b", "control-character"),
        (FieldType.TEXT, "a\nb", "control-character"),
        (FieldType.TEXT, "a\x1b[31mb", "control-character"),
        (FieldType.TEXT, "\ud800", "control-character"),
        (FieldType.LONG_TEXT, "a\x07", "control-character"),
        (FieldType.TEXT, "é" * 201, "too-long"),
        (FieldType.TEXT, "x" * 10_000_000, "too-long"),
        (FieldType.TEXT, ["a"], "wrong-shape"),
        (FieldType.TEXT, {"a": 1}, "wrong-shape"),
        (FieldType.TEXT, 12, "wrong-shape"),
        (FieldType.INTEGER, "12,5", "not-an-integer"),
        (FieldType.INTEGER, "١٢", "not-an-integer"),
        (FieldType.INTEGER, "9" * 40, "not-an-integer"),
        (FieldType.DATE, "31/02/2026", "not-a-date"),
        (FieldType.DATE, "14/07/90", "not-a-date"),
        (FieldType.DATE, "demain", "not-a-date"),
        (FieldType.EMAIL, "lea@", "not-an-email"),
        (FieldType.EMAIL, "lea@exemple.fr\r\nBcc: x@y.fr", "control-character"),
        (FieldType.EMAIL, "Léa <lea@example.org>", "not-an-email"),
        (FieldType.PHONE, "12", "not-a-phone"),
        (FieldType.PHONE, "appelez-moi", "not-a-phone"),
        (FieldType.POSTAL_CODE, "3000", "not-a-postal-code"),
        (FieldType.POSTAL_CODE, "٣٠٠٠٠", "not-a-postal-code"),
        (FieldType.CHOICE, "yellow", "unknown-choice"),
        (FieldType.CHOICE, ["red"], "wrong-shape"),
        (FieldType.CHOICES, ["red", "yellow"], "unknown-choice"),
        (FieldType.CHOICES, ["red", 1], "wrong-shape"),
        (FieldType.CHOICES, {"red": True}, "wrong-shape"),
        (FieldType.CHOICES, ["red"] * 501, "wrong-shape"),
        (FieldType.YES_NO, "peut-être", "unknown-choice"),
        (FieldType.COMMUNE, "Nîmes", "unknown-commune"),
    ],
)
def test_it_refuses_what_cannot_be_kept(kind: FieldType, typed: Any, code: str) -> None:
    assert code_of(field(kind), typed) == code


@pytest.mark.promise("REQ-01")
def test_a_missing_answer_is_asked_for_in_the_words_of_the_definition() -> None:
    asked = field(
        FieldType.TEXT, required=True, ask=Text("Indiquez votre nom.", "Enter your name.")
    )
    assert clean(asked, "  ").errors[0].message == "Indiquez votre nom."
    assert clean(asked, None, "en").errors[0].message == "Enter your name."


@pytest.mark.parametrize("nothing", [None, "", "   ", "\u00a0", [], [""]])
def test_an_empty_answer_is_missing_or_nothing(nothing: Any) -> None:
    kind = FieldType.CHOICES if isinstance(nothing, list) else FieldType.TEXT
    assert code_of(field(kind, required=True), nothing) == "required"
    assert clean(field(kind), nothing) == CleanedPage({}, ())


def test_every_message_names_the_field_in_both_languages() -> None:
    for text in MESSAGES.values():
        assert "{label}" in text.fr
        assert "{label}" in text.en
    error = clean(field(FieldType.DATE), "hier").errors[0]
    assert "«\u00a0Votre réponse\u00a0»" in error.message


@pytest.mark.parametrize(
    ("bounds", "typed", "code", "told"),
    [
        ({"min": 1}, "0", "too-small", "1"),
        ({"max": 5000}, "5001", "too-large", "5\u202f000"),
    ],
)
def test_numbers_have_bounds(bounds: dict[str, int], typed: str, code: str, told: str) -> None:
    bounded = field(FieldType.INTEGER, **bounds)
    assert code_of(bounded, typed) == code
    assert told in clean(bounded, typed).errors[0].message


def test_dates_have_bounds_and_today_is_the_day_given() -> None:
    past = field(FieldType.DATE, min="1900-01-01", max="today")
    assert value_of(past, "24/11/2026") == "2026-11-24"
    assert code_of(past, "25/11/2026") == "too-late"
    assert code_of(past, "31/12/1899") == "too-early"
    assert "24 novembre 2026" in clean(past, "25/11/2026").errors[0].message
    assert "1er janvier 1900" in clean(past, "31/12/1899").errors[0].message


def test_unknown_keys_and_silent_fields_are_ignored() -> None:
    heading = FormField("intro", FieldType.HEADING, LABEL)
    name = field(FieldType.TEXT)
    page = FormPage("page", Text("Page", "Page"), None, (heading, name))
    raw = {"intro": "x", "is_admin": "yes", "text": "Léa"}
    assert clean_page(page, raw, "fr", COMMUNES, TODAY) == CleanedPage({"text": "Léa"}, ())


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.sampled_from(["red", "yes", "30189", "2026-02-30", "a@b.fr", "0466025555", "30000"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
ASKING = [kind for kind in FieldType if kind not in SILENT_TYPES | {FieldType.COMPUTED}]
SIMPLE = [kind for kind in ASKING if kind not in COMPOSITE_TYPES]


@settings(max_examples=300, deadline=None)
@given(
    raw=st.dictionaries(st.sampled_from([kind.value for kind in FieldType]), ANYTHING),
    language=st.sampled_from(["fr", "en"]),
    required=st.booleans(),
)
def test_nothing_typed_makes_it_fail(raw: dict[str, Any], language: str, required: bool) -> None:
    fields = tuple(field(kind, required=required) for kind in FieldType)
    page = FormPage("page", Text("Page", "Page"), None, fields)
    cleaned = clean_page(page, raw, language, COMMUNES, TODAY)
    wrong = {error.field.partition(".")[0] for error in cleaned.errors}
    assert not wrong & cleaned.values.keys()
    assert all(error.message for error in cleaned.errors)
    if required:
        assert wrong | cleaned.values.keys() == {kind.value for kind in ASKING}


@settings(max_examples=200, deadline=None)
@given(kind=st.sampled_from(SIMPLE), typed=st.text(max_size=60))
def test_a_kept_value_typed_again_is_kept_alike(kind: FieldType, typed: str) -> None:
    first = clean(field(kind), typed)
    value = first.values.get(kind.value)
    if value is not None and not isinstance(value, bool):
        again = str(value) if isinstance(value, int) else value
        assert clean(field(kind), again) == first
