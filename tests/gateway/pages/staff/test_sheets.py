"""Every form of the editor on every shipped procedure: what is not touched is not changed."""

from collections.abc import Iterator
from typing import Any

import pytest
from multidict import MultiDict

from authority.profile import default_folder, load_profile
from gateway.pages.staff.procedures.adding import new_part
from gateway.pages.staff.procedures.controls import Control, at, changes, shown
from gateway.pages.staff.procedures.field_sheet import kinds_to_add
from gateway.pages.staff.procedures.setting import Setting
from gateway.pages.staff.procedures.sheets import place_of, sheet_of
from services.procedures.catalogue.definition_files import read_definitions
from services.procedures.editing.checking import SourceChecker
from services.procedures.editing.structure import apply_changes
from services.procedures.editing.views import choices_view
from services.procedures.editing.writing import write_definition

PROFILE = load_profile(default_folder())
SHIPPED = read_definitions(default_folder() / "procedures", PROFILE)
CHOICES = choices_view(PROFILE, SHIPPED.vocabulary, "fr")
DOCUMENTS = {one.definition.id: one.document for one in SHIPPED.definitions}
Sent = MultiDict[Any]


def setting(document: Any) -> Setting:
    return Setting(document, CHOICES, "fr", str)


def sheets(document: Any) -> Iterator[tuple[list[str | int], Any, list[Control]]]:
    """Every part that has a form, with its controls."""
    places: list[tuple[str, list[int]]] = [(one, []) for one in ("essentiel", "delais", "donnees")]
    places += [("document", [number]) for number in range(len(document["documents"]))]
    for page, one in enumerate(at(document, ("form", "pages")) or []):
        places.append(("etape", [page]))
        for number, field in enumerate(one["fields"]):
            places.append(("champ", [page, number]))
            inner = range(len(field.get("fields", [])))
            places += [("champ", [page, number, part]) for part in inner]
    for kind, numbers in places:
        place = place_of(kind, numbers)
        assert place is not None
        part = at(document, place) if place else document
        yield place, part, sheet_of(setting(document), kind, numbers, part)


def sent(controls: list[Control], part: Any) -> Sent:
    """What a browser sends of a form that nobody touched."""
    fields: Sent = MultiDict()
    for view in shown(controls, part):
        name, value = view["name"], view["value"]
        if view["kind"] in ("text", "area"):
            fields.update({f"{name}.{code}": value[code] for code in ("fr", "en")})
        elif view["kind"] == "many":
            fields.update({f"{name}.{one}": "yes" for one in value})
        elif view["kind"] == "options":
            for number, row in enumerate(value):
                fields.update({f"{name}.{number}.{key}": words for key, words in row.items()})
        elif view["kind"] == "yes":
            fields.update({name: "yes"} if value else {})
        else:
            fields[name] = value
            fields[f"{name}.other"] = view.get("written", "")
    return fields


@pytest.mark.promise("CAT-06")
@pytest.mark.parametrize("procedure", DOCUMENTS)
def test_a_form_sent_as_it_stands_changes_nothing(procedure: str) -> None:
    for place, part, controls in sheets(DOCUMENTS[procedure]):
        assert changes(controls, sent(controls, part), place, part) == [], place


@pytest.mark.promise("CAT-06")
def test_emptied_parts_leave_no_shell_behind() -> None:
    document = DOCUMENTS["transport-scolaire"]
    place, part, controls = next(one for one in sheets(document) if one[2][0].name == "delay.value")
    fields = sent(controls, part)
    fields["implicit_decision.after.value"] = ""
    fields["period.once.from"] = fields["period.once.to"] = ""
    fields["period.yearly.from"], fields["period.yearly.to"] = "05-15", "07-31"
    changed = apply_changes(document, changes(controls, fields, place, part))
    assert "implicit_decision" not in changed
    assert changed["period"] == {"yearly": {"from": "05-15", "to": "07-31"}}


@pytest.mark.promise("CAT-06")
@pytest.mark.parametrize("kind", [one["value"] for one in kinds_to_add(setting({}), inside=False)])
def test_a_field_of_any_type_can_be_loaded_as_it_is_added(kind: str) -> None:
    document = DOCUMENTS["carte-decheterie"]
    label = {"fr": "Un champ neuf", "en": "A new field"}
    value = new_part(document, "champ", label, kind, True)
    add = {"op": "insert", "path": ["form", "pages", 2, "fields"], "value": value}
    changed = apply_changes(document, [add])
    checked = SourceChecker(default_folder(), PROFILE).check(
        write_definition(changed), SHIPPED.vocabulary
    )
    faults = [one for one in checked.findings if one.check == "definition"]
    assert faults == []
    assert checked.definition is not None
