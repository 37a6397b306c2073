"""The procedures that the authority really offers: complete, and well written."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from authority.text import Text
from services.procedures.catalogue.definition_files import SourceFolder
from services.procedures.catalogue.model import Kind, Outcome, ProcedureDefinition
from services.procedures.catalogue.periods import Duration, Unit
from services.procedures.forms.messages import MESSAGES
from services.procedures.forms.model import FieldType

# « French punctuation wants a no-break space; a plain one lets it begin a line alone »
PLAIN_SPACE = re.compile(r" [;:!?»%€]|« |\d \d{3}\u00a0€")
NO_SPACE = re.compile(r"[^\s\u00a0\u202f][;!?»%](?!\S*//)|«[^\u00a0\u202f]")
STRAIGHT = re.compile(r"['\"]|\.\.\.")


def texts(part: Any) -> Iterator[Text]:
    if isinstance(part, Text):
        yield part
    elif is_dataclass(part):
        for one in fields(part):
            yield from texts(getattr(part, one.name))
    elif isinstance(part, tuple | list):
        for one in part:
            yield from texts(one)
    elif isinstance(part, dict):
        yield from texts(list(part.values()))


@pytest.fixture
def definitions(shipped: SourceFolder) -> dict[str, ProcedureDefinition]:
    return {found.definition.id: found.definition for found in shipped.definitions}


def test_they_have_no_fault(shipped: SourceFolder) -> None:
    assert [str(fault) for fault in shipped.faults] == []


@pytest.mark.promise("CAT-04")
def test_they_are_of_three_kinds(definitions: dict[str, ProcedureDefinition]) -> None:
    kinds = [definition.kind for definition in definitions.values()]
    assert {kind: kinds.count(kind) for kind in Kind} == {
        Kind.INTERNAL: 21,
        Kind.PAYMENT: 2,
        Kind.PARTNER: 2,
    }


def test_every_theme_and_audience_has_one(shipped: SourceFolder) -> None:
    themes = {name for found in shipped.definitions for name in found.definition.themes}
    audiences = {name for found in shipped.definitions for name in found.definition.audiences}
    assert themes == {theme.id for theme in shipped.vocabulary.themes}
    assert audiences == {audience.id for audience in shipped.vocabulary.audiences}


def test_their_forms_use_everything_that_a_form_can_hold(
    definitions: dict[str, ProcedureDefinition],
) -> None:
    forms = [found.form for found in definitions.values() if found.form is not None]
    fields_ = [field for form in forms for page in form.pages for field in page.fields]
    fields_ += [part for field in fields_ for part in field.fields]
    assert {field.type for field in fields_} == set(FieldType)
    assert any(field.require for field in fields_)
    assert any(page.show for form in forms for page in form.pages)
    results = {field.result for field in fields_ if field.type is FieldType.COMPUTED}
    assert len(results) >= 4


def test_forms_are_short_enough_to_fill(definitions: dict[str, ProcedureDefinition]) -> None:
    for definition in definitions.values():
        if definition.form is not None:
            assert 2 <= len(definition.form.pages) <= 4
            asked = [question for page in definition.form.pages for question in page.asked]
            assert 6 <= len(asked) <= 14


def test_a_form_asks_for_one_email_address_at_most(
    definitions: dict[str, ProcedureDefinition],
) -> None:
    for definition in definitions.values():
        if definition.form is not None:
            kinds = [question.type for _, question in definition.form.questions()]
            assert kinds.count(FieldType.EMAIL) == 1


def test_silence_on_a_document_request_is_a_refusal_after_a_month(
    definitions: dict[str, ProcedureDefinition],
) -> None:
    implicit = definitions["communication-document-administratif"].implicit_decision
    assert implicit is not None
    assert implicit.outcome is Outcome.REFUSAL
    assert implicit.after == Duration(1, Unit.MONTHS)


def test_french_is_set_as_french(shipped: SourceFolder) -> None:
    everything = [found.definition for found in shipped.definitions]
    for text in [*texts(everything), *texts(shipped.vocabulary), *texts(MESSAGES)]:
        for wrong in (PLAIN_SPACE, NO_SPACE, STRAIGHT):
            assert not wrong.search(text.fr), text.fr
        assert not STRAIGHT.search(text.en), text.en


def test_english_is_not_french(shipped: SourceFolder) -> None:
    same_in_both = {"Photo", "Description", "Commune"}
    for text in texts([found.definition for found in shipped.definitions]):
        assert text.fr != text.en or text.fr in same_in_both, text.fr
