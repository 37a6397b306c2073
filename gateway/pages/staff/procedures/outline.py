"""What a draft holds, as the rows of its page: documents, steps, fields."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gateway.pages.staff.procedures.controls import at
from gateway.pages.staff.procedures.wording import type_names

Translate = Callable[[str], str]
Row = dict[str, Any]
DELAYS = ("delay", "implicit_decision", "period", "retention_months")


def document_rows(document: Any, language: str) -> list[Row]:
    """Return the supporting documents."""
    return [
        {
            "address": f"document/{number}",
            "label": _words(item, "label", language),
            "required": at(item, ("required",)) is not False,
        }
        for number, item in enumerate(_list(at(document, ("documents",))))
    ]


def page_rows(document: Any, language: str, _: Translate) -> list[Row]:
    """Return the steps with their fields; the fields of a group come under it."""
    return [
        {
            "number": number,
            "address": f"etape/{number}",
            "label": _words(page, "title", language),
            "show": at(page, ("show",)) or "",
            "fields": _field_rows(page, f"{number}", language, type_names(_)),
        }
        for number, page in enumerate(_list(at(document, ("form", "pages"))))
    ]


def _field_rows(part: Any, start: str, language: str, types: Mapping[str, str]) -> list[Row]:
    rows: list[Row] = []
    for number, field in enumerate(_list(at(part, ("fields",)))):
        place = f"{start}-{number}"
        kind = str(at(field, ("type",)) or "")
        rows.append(
            {
                "place": place,
                "address": f"champ/{place}",
                "label": _words(field, "label", language),
                "type": types.get(kind, kind),
                "group": kind == "group",
                "required": at(field, ("required",)) is True,
                "show": at(field, ("show",)) or "",
                "fields": _field_rows(field, place, language, types) if kind == "group" else [],
            }
        )
    return rows


def with_links(findings: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Return the findings, each with the address of the sheet where it is mended ("" for YAML)."""
    return [{**one, "address": _address(one["path"])} for one in findings]


def _address(path: Sequence[Any]) -> str:
    """Return `champ/0-2#champ-help.fr` for the path of the English or French help of a field."""
    if not path:
        return ""
    numbers = [str(step) for step in path if isinstance(step, int)]
    if path[0] == "form" and numbers:
        depth = min(len(numbers), 1 + sum(step == "fields" for step in path))
        kind = "etape" if depth == 1 else "champ"
        return f"{kind}/{'-'.join(numbers[:depth])}"
    if path[0] == "documents" and numbers:
        return f"document/{numbers[0]}"
    if path[0] in DELAYS:
        return "delais"
    if path[0] == "personal_data":
        return "donnees"
    return "essentiel" if path[0] not in ("form", "documents", "partner", "payment", "fee") else ""


def _words(part: Any, key: str, language: str) -> str:
    found = at(part, (key, language)) or at(part, (key, "fr")) or at(part, ("id",))
    return str(found or "?")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
