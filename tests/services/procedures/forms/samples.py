"""Forms made for a test: every text is the same in both languages."""

from typing import Any

from services.procedures.forms.model import Form
from services.procedures.forms.schemas import FormPart


def text(words: str) -> dict[str, str]:
    return {"fr": words, "en": words}


def field(name: str, kind: str, **more: Any) -> dict[str, Any]:
    asked = (
        {"ask": text(f"Indiquez {name}.")} if more.get("required") or more.get("require") else {}
    )
    return {"id": name, "type": kind, "label": text(name), **asked, **more}


def options(*values: str, **goes_with: list[str]) -> list[dict[str, Any]]:
    return [
        {"value": value, "label": text(value), "goes_with": goes_with.get(value, [])}
        for value in values
    ]


def form(*pages: list[dict[str, Any]], **shows: str) -> Form:
    loaded: Form = FormPart().load(
        {
            "pages": [
                {
                    "id": f"p{number}",
                    "title": text("Page"),
                    "fields": fields,
                    **({"show": shows[f"p{number}"]} if f"p{number}" in shows else {}),
                }
                for number, fields in enumerate(pages, 1)
            ]
        }
    )
    return loaded
