"""Parts of a draft are set, added, moved and removed; what is not there is refused."""

from copy import deepcopy
from typing import Any

import pytest

from services.procedures.editing.differences import compare_documents
from services.procedures.editing.model import EditRefused
from services.procedures.editing.structure import apply_changes
from tests.services.procedures.editing.conftest import DRAFTS, Editors, put

DOCUMENT: dict[str, Any] = {
    "id": "x",
    "title": {"fr": "Titre", "en": "Title"},
    "documents": [],
    "form": {
        "pages": [
            {
                "id": "vous",
                "title": {"fr": "Vous", "en": "You"},
                "fields": [{"id": name, "label": {"fr": name.upper()}} for name in "abc"],
            }
        ]
    },
}
FIELDS: list[str | int] = ["form", "pages", 0, "fields"]


def change(op: str, path: list[str | int], **more: Any) -> dict[str, Any]:
    return {"op": op, "path": path, "value": None, "by": 0, **more}


def ids(document: Any) -> list[str]:
    return [field["id"] for field in document["form"]["pages"][0]["fields"]]


def test_items_are_moved_added_and_removed() -> None:
    before = deepcopy(DOCUMENT)
    up = apply_changes(DOCUMENT, [change("move", [*FIELDS, 2], by=-1)])
    assert ids(up) == ["a", "c", "b"]
    assert ids(apply_changes(DOCUMENT, [change("move", [*FIELDS, 0], by=-1)])) == ["a", "b", "c"]
    assert ids(apply_changes(DOCUMENT, [change("remove", [*FIELDS, 1])])) == ["a", "c"]
    more = apply_changes(DOCUMENT, [change("insert", FIELDS, value={"id": "d"})])
    assert ids(more) == ["a", "b", "c", "d"]
    assert before == DOCUMENT


def test_a_key_is_set_made_and_taken_away() -> None:
    made = apply_changes(DOCUMENT, [change("set", ["period", "once", "from"], value="2026-01-01")])
    assert made["period"] == {"once": {"from": "2026-01-01"}}
    gone = apply_changes(made, [change("set", ["period"]), change("set", ["never", "there"])])
    assert gone == DOCUMENT


@pytest.mark.parametrize(
    "refused",
    [
        change("set", ["id"], value="y"),
        change("set", ["state"], value="draft"),
        change("set", [], value={}),
        change("set", [*FIELDS, 9, "id"], value="y"),
        change("set", ["title", "fr", "deep"], value="y"),
        change("remove", [*FIELDS, -1]),
        change("remove", ["title", "fr"]),
        change("move", [*FIELDS, 3], by=1),
        change("insert", ["title"], value="y"),
        change("insert", [*FIELDS, 0], value="y"),
    ],
)
def test_a_part_that_is_not_there_is_refused(refused: dict[str, Any]) -> None:
    with pytest.raises(EditRefused):
        apply_changes(DOCUMENT, [refused])


def test_differences_follow_items_by_their_name() -> None:
    changed = apply_changes(
        DOCUMENT,
        [
            change("move", [*FIELDS, 2], by=-1),
            change("set", [*FIELDS, 1, "label", "fr"], value="Autre"),
            change("insert", FIELDS, value={"id": "d", "label": {"fr": "Neuf"}}),
            change("remove", [*FIELDS, 0]),
            change("set", ["title", "fr"], value="Un titre"),
        ],
    )
    found = compare_documents(DOCUMENT, changed, "fr")
    told = [(one["change"], one["where"].split(", ")[-1], one["before"]) for one in found]
    assert told == [
        ("changed", "en français", "Titre"),
        ("removed", "champ 1 «\u00a0A\u00a0»", "id: a · label: A"),
        ("moved", "champ 1 «\u00a0Autre\u00a0»", "2"),
        ("changed", "en français", "C"),
        ("moved", "champ 2 «\u00a0B\u00a0»", "1"),
        ("added", "champ 3 «\u00a0Neuf\u00a0»", ""),
    ]
    assert compare_documents(DOCUMENT, deepcopy(DOCUMENT), "fr") == []


async def test_a_value_as_deep_as_a_well_is_refused(editors: Editors) -> None:
    draft = await editors.begin()
    value: Any = "bottom"
    for _ in range(200):
        value = [value]
    body = {"revision": 1, "changes": [put(["title"], value)]}
    path = f"{DRAFTS}/{draft['id']}/changes"
    assert (await editors.call("POST", path, body)).status == 422
