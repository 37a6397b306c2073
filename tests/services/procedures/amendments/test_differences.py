"""Each kind of change between two versions is found, once, and told in both languages (CAT-07)."""

import copy

import pytest

from services.procedures.amendments.differences import differences
from services.procedures.amendments.model import ChangeKind
from services.procedures.amendments.wording import WORDS, told
from services.procedures.catalogue.definition_files import SourceFolder
from services.procedures.catalogue.definition_schema import load_definition
from tests.services.procedures.amendments.edits import (
    Document,
    Edit,
    document_of,
    field,
    page,
    remove,
    text,
)

pytestmark = pytest.mark.promise("CAT-07")

NEW_FIELD = {"id": "floor", "type": "text", "label": text("Étage")}
CHILD = {"id": "age", "type": "integer", "label": text("Âge")}
GROUP = {
    "id": "people",
    "type": "group",
    "label": text("Foyer"),
    "item_label": text("Personne"),
    "min": 1,
    "max": 3,
    "fields": [{"id": "name", "type": "text", "label": text("Nom")}],
}
TOTAL = {
    "id": "total",
    "type": "computed",
    "label": text("Total"),
    "result": "integer",
    "value": "1 + 1",
}
PAPER = {
    "id": "bail",
    "label": text("Bail"),
    "help": None,
    "required": True,
    "types": ["pdf"],
    "max_megabytes": 5,
}


def put(name: str, key: str, value: object) -> Edit:
    return lambda document: field(document, name).__setitem__(key, value)


def in_procedure(key: str, value: object) -> Edit:
    return lambda document: document.__setitem__(key, value)


def in_document(key: str, value: object) -> Edit:
    return lambda document: document["documents"][0].__setitem__(key, value)


def add_page(document: Document) -> None:
    fields = [{"id": "note", "type": "information", "label": text("Note"), "text": text("Lisez.")}]
    document["form"]["pages"].append({"id": "fin", "title": text("Fin"), "fields": fields})


def drop_page(document: Document) -> None:
    """Its fields go to the page before: only the page is gone, and they moved."""
    pages = document["form"]["pages"]
    gone = pages.pop()
    pages[-1]["fields"] += gone["fields"]


def move(document: Document) -> None:
    moved = field(document, "vehicle_plate")
    remove(document, "vehicle_plate")
    page(document, "adresse")["fields"].append(moved)


def options(document: Document) -> list[Document]:
    found: list[Document] = field(document, "request_type")["options"]
    return found


CASES: list[tuple[ChangeKind, Edit]] = [
    (ChangeKind.PAGE_ADDED, add_page),
    (
        ChangeKind.PAGE_CONDITION,
        lambda document: page(document, "carte").__setitem__("show", "given(email)"),
    ),
    (
        ChangeKind.FIELD_ADDED,
        lambda document: page(document, "adresse")["fields"].append(NEW_FIELD),
    ),
    (ChangeKind.FIELD_REMOVED, lambda document: remove(document, "vehicle_plate")),
    (ChangeKind.FIELD_MOVED, move),
    (ChangeKind.FIELD_RENAMED, put("vehicle_plate", "label", text("Plaque"))),
    (ChangeKind.FIELD_EXPLAINED, put("vehicle_plate", "help", text("Pas pour un vélo."))),
    (ChangeKind.TYPE_CHANGED, put("vehicle_plate", "type", "text")),
    (
        ChangeKind.NOW_REQUIRED,
        lambda document: field(document, "vehicle_plate").update(
            required=True, ask=text("Écrivez-la.")
        ),
    ),
    (ChangeKind.NO_LONGER_REQUIRED, put("user_type", "required", False)),
    (
        ChangeKind.CHOICES_ADDED,
        lambda document: options(document).append({"value": "gift", "label": text("Don")}),
    ),
    (ChangeKind.CHOICES_REMOVED, lambda document: options(document).pop()),
    (
        ChangeKind.CHOICES_REWORDED,
        lambda document: options(document)[1].__setitem__("label", text("Perdue")),
    ),
    (ChangeKind.LIMITS_CHANGED, put("former_card", "max_length", 10)),
    (ChangeKind.CONDITION_CHANGED, put("former_card", "show", "request_type == 'lost'")),
    (ChangeKind.DOCUMENT_ADDED, lambda document: document["documents"].append(PAPER)),
    (ChangeKind.DOCUMENT_REMOVED, lambda document: document["documents"].pop()),
    (ChangeKind.DOCUMENT_NO_LONGER_REQUIRED, in_document("required", False)),
    (
        ChangeKind.DOCUMENT_NOW_REQUIRED,
        lambda document: document["documents"][1].__setitem__("required", True),
    ),
    (ChangeKind.DOCUMENT_LIMITS, in_document("max_megabytes", 2)),
    (ChangeKind.FEE_CHANGED, in_procedure("fee", {"amount_cents": 500})),
    (ChangeKind.COST_CHANGED, in_procedure("cost", text("Gratuit pour tous"))),
    (ChangeKind.DELAY_CHANGED, in_procedure("delay", {"value": 3, "unit": "weeks"})),
    (ChangeKind.SILENCE_CHANGED, in_procedure("implicit_decision", None)),
    (
        ChangeKind.NOTICE_CHANGED,
        lambda document: document["personal_data"].__setitem__("retention", text("Un an.")),
    ),
]


@pytest.mark.parametrize(("kind", "edit"), CASES, ids=[str(kind) for kind, _ in CASES])
def test_one_change_is_told_as_what_it_is(
    shipped: SourceFolder, kind: ChangeKind, edit: Edit
) -> None:
    before, after = document_of(shipped), document_of(shipped)
    edit(after)
    found = differences(load_definition(before, 1), load_definition(after, 2))
    assert [change.kind for change in found] == [kind]
    for language in ("fr", "en"):
        assert "{" not in told(found[0], language)
        assert found[0].label.in_language(language)


def test_a_page_taken_away_and_where_its_questions_went(shipped: SourceFolder) -> None:
    before, after = document_of(shipped), document_of(shipped)
    drop_page(after)
    found = differences(load_definition(before, 1), load_definition(after, 2))
    kinds = [change.kind for change in found]
    assert kinds.count(ChangeKind.PAGE_REMOVED) == 1
    assert set(kinds) == {ChangeKind.PAGE_REMOVED, ChangeKind.FIELD_MOVED}
    assert "«\u00a0La carte\u00a0»" in told(found[0], "fr")


def test_a_calculation_that_changed(shipped: SourceFolder) -> None:
    before = document_of(shipped)
    page(before, "carte")["fields"].append(dict(TOTAL))
    after = copy.deepcopy(before)
    field(after, "total")["value"] = "2 + 1"
    found = differences(load_definition(before, 1), load_definition(after, 2))
    assert [change.kind for change in found] == [ChangeKind.CALCULATION_CHANGED]


def test_the_questions_of_a_group_are_told_with_its_name(shipped: SourceFolder) -> None:
    before = document_of(shipped)
    page(before, "carte")["fields"].append(copy.deepcopy(GROUP))
    after = copy.deepcopy(before)
    field(after, "people")["fields"] = [CHILD]
    found = differences(load_definition(before, 1), load_definition(after, 2))
    told_of = [(change.kind, change.label.fr) for change in found]
    assert told_of == [
        (ChangeKind.FIELD_ADDED, "Foyer – Âge"),
        (ChangeKind.FIELD_REMOVED, "Foyer – Nom"),
    ]


def test_every_kind_of_change_has_its_words_and_its_test() -> None:
    assert set(WORDS) == set(ChangeKind)
    elsewhere = {ChangeKind.PAGE_REMOVED, ChangeKind.CALCULATION_CHANGED}
    assert {kind for kind, _ in CASES} | elsewhere == set(ChangeKind)


def test_what_the_owner_never_meets_is_not_told(shipped: SourceFolder) -> None:
    before, after = document_of(shipped), document_of(shipped)
    after["keywords"] = text("autre mot")
    assert differences(load_definition(before, 1), load_definition(after, 2)) == []
