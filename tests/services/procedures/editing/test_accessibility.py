"""What the accessibility check of a definition finds, and what it leaves alone (RGAA 4)."""

from typing import Any

import pytest

from services.procedures.editing.accessibility import remarks_of
from services.procedures.editing.places import place_in_words
from services.procedures.editing.structure import apply_changes
from services.procedures.editing.typography import mended

NOM = {"id": "nom", "type": "text", "label": {"fr": "Nom", "en": "Name"}}


def page(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    made = {"id": "vous", "title": {"fr": "Vous", "en": "You"}, "fields": list(fields), **more}
    return {"form": {"pages": [made]}}


def ask(fr: str) -> dict[str, Any]:
    return {**NOM, "ask": {"fr": fr, "en": "Enter your name."}}


def said(fr: str, en: str = "Some text.") -> dict[str, Any]:
    return {"purpose": {"fr": fr, "en": en}}


LONG = "mot " * 31
FAULTY: dict[str, tuple[str, bool, dict[str, Any]]] = {
    "one label twice": ("labels", True, page(NOM, {**NOM, "id": "nom2"})),
    "one choice twice": (
        "labels",
        True,
        page({**NOM, "options": [{"label": {"fr": "Oui"}}, {"label": {"fr": "oui"}}]}),
    ),
    "a long label": ("labels", False, page({**NOM, "label": {"fr": "x" * 121, "en": "y"}})),
    "a bound without help": ("formats", False, page({**NOM, "type": "integer", "max": 9})),
    "a short code without help": ("formats", False, page({**NOM, "max_length": 10})),
    "a colour": ("senses", False, said("Remplissez les champs en rouge.")),
    "a place": ("senses", False, said("Voyez la colonne de droite.")),
    "an empty link": ("senses", False, said("Pour le plan, cliquez ici.")),
    "a level skipped": ("headings", True, {"description": {"fr": "### Trop bas", "en": "Text"}}),
    "a heading over nothing": ("headings", True, page(NOM, {"id": "h", "type": "heading"})),
    "a long sentence": ("language", False, said(LONG)),
    "no translation": ("language", False, said(*["Une phrase de cinq mots"] * 2)),
    "a crowded step": (
        "language",
        False,
        page(*[{**NOM, "id": f"n{n}", "label": {"fr": f"Nom {n}"}} for n in range(13)]),
    ),
    "a vague error": ("errors", False, page(ask("Champ obligatoire."))),
    "an unfinished error": ("errors", False, page(ask("Indiquez votre nom"))),
    "straight apostrophes": ("typography", True, said("L'objet")),
    "words to write": ("notice", True, said("[…]", "[…]")),
    "no duration": ("notice", False, {"personal_data": {"retention": {"fr": "Pas trop"}}}),
    "no autocomplete": ("filling", False, page({**NOM, "prefill": "family_name"})),
}


@pytest.mark.parametrize(("check", "stops", "document"), FAULTY.values(), ids=FAULTY)
def test_it_finds(check: str, stops: bool, document: dict[str, Any]) -> None:
    found = remarks_of(document)
    assert {(one.check, one.stops) for one in found} == {(check, stops)}
    assert all(place_in_words(document, one.path, "fr") for one in found)
    assert all(one.message.fr and one.message.en for one in found)


def test_a_place_is_told_in_the_words_of_the_form() -> None:
    document = page(NOM)
    path = ("form", "pages", 0, "fields", 0, "help", "en")
    said_fr = place_in_words(document, path, "fr")
    assert said_fr == "Étape 1 «\u00a0Vous\u00a0», champ 1 «\u00a0Nom\u00a0», aide, en anglais"


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("Quel âge avez-vous ?", "Quel âge avez-vous\u00a0?"),
        ("L'an 12 €", "L’an 12\u00a0€"),
        ('"Oui"...', "«\u00a0Oui\u00a0»…"),
        ("Voir https://a.fr/?x=1;b et [le site](https://b.fr/?c=d)", None),
        ("À 14:30, dites : oui", "À 14:30, dites\u00a0: oui"),
    ],
)
def test_french_is_mended_once_and_for_all(typed: str, right: str | None) -> None:
    assert mended(typed) == (right or typed)
    assert mended(mended(typed)) == mended(typed)


def test_the_button_mends_french_and_leaves_english() -> None:
    document = {"id": "x", "cost": {"fr": "C'est gratuit !", "en": "It's free!"}}
    changed = apply_changes(document, [{"op": "typography", "path": []}])
    assert changed["cost"] == {"fr": "C’est gratuit\u00a0!", "en": "It's free!"}


def test_a_step_without_a_field_is_looked_at_too() -> None:
    assert remarks_of(page()) == []
