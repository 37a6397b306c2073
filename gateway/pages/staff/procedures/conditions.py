"""Conditions without the language of expressions: a list of what the other answers may be."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gateway.pages.staff.procedures.controls import at

Translate = Callable[[str], str]
MOST = 120


def simple_conditions(
    document: Any, page: int, language: str, _: Translate, but: str = ""
) -> list[dict[str, str]]:
    """Return `{value, label}` for each condition on one choice of the pages up to `page`."""
    found: list[dict[str, str]] = []
    for field in _choices(document, page):
        name = str(field["id"])
        if name == but or not name.isidentifier():
            continue
        question = str(at(field, ("label", language)) or name)
        for expression, answer in _answers(field, name, language, _):
            label = _("« %(question)s » : %(answer)s") % {"question": question, "answer": answer}
            found.append({"value": expression, "label": label})
    return found[:MOST]


def _choices(document: Any, page: int) -> Iterator[Mapping[str, Any]]:
    pages = at(document, ("form", "pages"))
    for one in (pages if isinstance(pages, list) else [])[: page + 1]:
        fields = at(one, ("fields",))
        for field in fields if isinstance(fields, list) else []:
            kind = at(field, ("type",))
            if kind in ("choice", "yes_no") and isinstance(at(field, ("id",)), str):
                yield field


def _answers(
    field: Mapping[str, Any], name: str, language: str, _: Translate
) -> Iterator[tuple[str, str]]:
    if field["type"] == "yes_no":
        yield f"{name} == true", _("oui")
        yield f"{name} == false", _("non")
        return
    options = field.get("options")
    for option in options if isinstance(options, list) else []:
        value = at(option, ("value",))
        if isinstance(value, str) and "'" not in value:
            label = str(at(option, ("label", language)) or value)
            yield f"{name} == '{value}'", label
            yield f"{name} != '{value}'", _("autre que %s") % label
