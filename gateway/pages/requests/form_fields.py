"""The fields of a page as its template shows them: composites and groups opened, hidden ones out.

Inputs are named `answer.<field>.<part>` and `answer.<group>.<n>.<field>`: forms are flat, answers
are not.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Field = dict[str, Any]
State = Mapping[str, Any]


def shown_fields(
    page: Mapping[str, Any], state: State, answers: Mapping[str, Any], more: str = ""
) -> list[Field]:
    """Return the fields that conditions show now, each with its `value` and full `id`.

    `more` is the group that the person asked one more item of.
    """
    return [
        _opened(_linked(field, answers), field["id"], answers.get(field["id"]), state, more)
        for field in page["fields"]
        if field["id"] not in state["hidden"]
    ]


def without_item(answers: dict[str, Any], place: str) -> dict[str, Any]:
    """Return the answers without one item of a group; `place` is as `children.1`."""
    group, _, number = place.rpartition(".")
    items = answers.get(group)
    if not isinstance(items, list) or not number.isdecimal():
        return answers
    kept = [item for position, item in enumerate(items) if position != int(number)]
    return {**answers, group: kept}


def _opened(field: Field, path: str, value: Any, state: State, more: str) -> Field:
    shown = {
        **field,
        "id": path,
        "value": "" if value is None else value,
        "required": field.get("required", False) or path in state["required"],
    }
    if field["type"] == "computed":
        shown["value"] = state["computed"].get(path, "")
    if field.get("parts"):
        shown["parts"] = list(_parts(field["parts"], path, value, state))
    if field["type"] == "group":
        shown["items"] = [
            list(_parts(field["fields"], f"{path}.{number}", item, state))
            for number, item in enumerate(_items(field, value, more == path))
        ]
        shown["may_add"] = len(shown["items"]) < field.get("max", 20)
    return shown


def _parts(fields: list[Field], path: str, value: Any, state: State) -> Iterator[Field]:
    given = value if isinstance(value, dict) else {}
    for field in fields:
        name = f"{path}.{field['id']}"
        if name not in state["hidden"]:
            yield _opened(field, name, given.get(field["id"]), state, "")


def _items(field: Field, value: Any, one_more: bool) -> list[Any]:
    """Return the items to show: those that are there, and blank ones up to the least."""
    items = list(value) if isinstance(value, list) else []
    wanted = max(field.get("min", 0), 1, len(items) + one_more)
    return items + [{}] * (min(wanted, field.get("max", 20)) - len(items))


def _linked(field: Field, answers: Mapping[str, Any]) -> Field:
    """Return a linked choice with the options that go with what it follows."""
    given = answers.get(field.get("follows", ""))
    if not given:
        return field
    fits = [option for option in field["options"] if given in option.get("goes_with", [given])]
    return {**field, "options": fits}
