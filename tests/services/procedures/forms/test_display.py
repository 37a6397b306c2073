"""How answers are written for a person."""

from datetime import date
from typing import Any

import pytest

from authority.text import Text
from services.procedures.forms.display import day_and_month, display_value, long_date
from services.procedures.forms.model import FieldType, FormField, Option

OPTIONS = (Option("red", Text("Rouge", "Red")), Option("blue", Text("Bleu", "Blue")))


@pytest.mark.parametrize(
    ("kind", "value", "french", "english"),
    [
        (FieldType.TEXT, "Léa", "Léa", "Léa"),
        (FieldType.INTEGER, 12345, "12\u202f345", "12,345"),
        (FieldType.DATE, "2026-05-01", "1er mai 2026", "1 May 2026"),
        (FieldType.DATE, "2026-05-11", "11 mai 2026", "11 May 2026"),
        (FieldType.PHONE, "+33466025555", "04 66 02 55 55", "04 66 02 55 55"),
        (FieldType.PHONE, "+34912345678", "+34 912 34 56 78", "+34 912 34 56 78"),
        (FieldType.YES_NO, True, "Oui", "Yes"),
        (FieldType.YES_NO, False, "Non", "No"),
        (FieldType.CHOICE, "red", "Rouge", "Red"),
        (FieldType.CHOICE, "gone", "gone", "gone"),
        (FieldType.CHOICES, ["red", "blue"], "Rouge, Bleu", "Red, Blue"),
        (FieldType.COMMUNE, "30189", "Nîmes", "Nîmes"),
        (FieldType.COMMUNE, "99999", "99999", "99999"),
        (FieldType.TEXT, None, "", ""),
        (FieldType.CHOICES, [], "", ""),
    ],
)
def test_it_writes_an_answer(kind: FieldType, value: Any, french: str, english: str) -> None:
    field = FormField("answer", kind, Text("Réponse", "Answer"), options=OPTIONS)
    communes = {"30189": "Nîmes"}
    assert display_value(field, value, "fr", communes) == french
    assert display_value(field, value, "en", communes) == english


def test_it_writes_days() -> None:
    assert long_date(date(2026, 8, 1), "fr") == "1er août 2026"
    assert long_date(date(2026, 8, 1), "en") == "1 August 2026"
    assert day_and_month(2, 29, "fr") == "29 février"
    assert day_and_month(12, 1, "fr") == "1er décembre"
