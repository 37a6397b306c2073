"""The inputs of the editor as data: where each one reads and writes in a definition.

A sheet is a list of controls about one part of a draft. `shown` fills them from the part, `changes`
turns what was typed into changes of the draft; neither knows which part it is.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gateway.forms import Fields, text_of

LANGUAGES = ("fr", "en")
NUMBER = re.compile(r"-?[0-9]{1,9}")
MOST_OPTIONS = 60
BLANK_ROWS = 3
# the choice of a condition that is written by hand
OTHER = "other"
Path = list[str | int]
Change = dict[str, Any]


@dataclass(frozen=True)
class Control:
    """An input. `kind`: text, area (both bilingual), line, number, bound, yes, truth, one, many,
    options or condition.

    `path` is from the part that the sheet is about; `choices` are `{value, label}`. When what
    `governs` names stays empty, the whole of it is taken away.
    """

    path: tuple[str, ...]
    kind: str
    label: str
    help: str = ""
    required: bool = False
    choices: Sequence[Mapping[str, str]] = field(default=())
    governs: str = ""

    @property
    def name(self) -> str:
        """Return the name of the input, and of the anchor that errors lead to."""
        return ".".join(self.path)


def shown(controls: Iterable[Control], part: Any) -> list[dict[str, Any]]:
    """Return each control with what the part holds."""
    return [_view(control, at(part, control.path)) for control in controls]


def shown_typed(controls: Iterable[Control], fields: Fields) -> list[dict[str, Any]]:
    """Return each control with what was just typed."""
    return [_view(control, typed(control, fields)) for control in controls]


def changes(controls: Sequence[Control], fields: Fields, place: Path, part: Any) -> list[Change]:
    """Return the changes that put what was typed in the part at `place`; none for what stayed."""
    values = {one.path: _kept(typed(one, fields), at(part, one.path)) for one in controls}
    ended = {one.governs for one in controls if one.governs and values[one.path] is None}
    values |= {path: None for path in values if path[0] in ended}
    stayed = {
        one.path
        for one in controls
        if _view(one, values[one.path]) == _view(one, at(part, one.path))
    }
    written = [path for path in values if path not in stayed and values[path] is not None]
    found = [_set(place, path, values[path]) for path in written]
    emptied = [path for path in values if path not in stayed and values[path] is None]
    gone = {_emptied(path, values) for path in emptied}
    # what goes first: a way of writing that is left may not stand beside the one that is taken
    return [_set(place, path, None) for path in sorted(gone)] + found


def _kept(new: Any, old: Any) -> Any:
    """Return a list with what its former items had and no input shows: their order, other keys."""
    if not isinstance(new, list) or not isinstance(old, list):
        return new
    if all(isinstance(one, str) for one in (*new, *old)):
        return [one for one in old if one in new] + [one for one in new if one not in old]
    former = {one.get("value"): one for one in old if isinstance(one, Mapping)}
    return [{**former.get(one["value"], {}), **one} for one in new]


def _set(place: Path, path: tuple[str, ...], value: Any) -> Change:
    return {"op": "set", "path": [*place, *path], "value": value}


def _emptied(path: tuple[str, ...], values: Mapping[tuple[str, ...], Any]) -> tuple[str, ...]:
    """Return the longest part that holds nothing any more: no empty shell is left behind."""
    for length in range(1, len(path)):
        start = path[:length]
        if all(value is None for other, value in values.items() if other[:length] == start):
            return start
    return path


def at(part: Any, path: Sequence[str | int]) -> Any:
    """Return what stands at a path, None when nothing does."""
    for step in path:
        try:
            part = part[step]
        except (KeyError, IndexError, TypeError):
            return None
    return part


def typed(control: Control, fields: Fields) -> Any:
    """Return what was typed as the definition holds it; None takes the key away."""
    name = control.name
    if control.kind in ("text", "area"):
        return pair(fields, name)
    if control.kind == "yes":
        return True if text_of(fields, name) == "yes" else None
    if control.kind == "truth":
        return text_of(fields, name) != "false"
    if control.kind == "condition":
        chosen, written = text_of(fields, name), text_of(fields, f"{name}.other").strip()
        return (written if chosen == OTHER else chosen) or None
    if control.kind == "many":
        values = [one["value"] for one in control.choices]
        return [value for value in values if text_of(fields, f"{name}.{value}") == "yes"]
    if control.kind == "options":
        return _typed_options(fields, name) or None
    words = text_of(fields, name).strip()
    if control.kind in ("number", "bound") and NUMBER.fullmatch(words):
        return int(words)
    return words or None


def pair(fields: Fields, name: str) -> dict[str, str] | None:
    """Return a text typed in both languages, None when neither was."""
    words = {
        language: text_of(fields, f"{name}.{language}").replace("\r\n", "\n").strip()
        for language in LANGUAGES
    }
    return words if any(words.values()) else None


def _typed_options(fields: Fields, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for row in range(MOST_OPTIONS):
        label = pair(fields, f"{name}.{row}")
        if label is None:
            continue
        value = text_of(fields, f"{name}.{row}.value").strip()
        known = {one["value"] for one in found}
        found.append({"value": value or unused(name_of(label["fr"]), known), "label": label})
    return found


def name_of(label: str, joint: str = "-") -> str:
    """Return an identifier made of a label: lower case, without accents."""
    plain = label.casefold().translate(ACCENTS)
    words = re.findall(r"[a-z0-9]+", plain)
    return joint.join(words)[:40].strip(joint) or "choix"


def unused(name: str, known: Iterable[str]) -> str:
    """Return the name, with a number when it is taken."""
    taken, number, found = set(known), 2, name
    while found in taken:
        found, number = f"{name}{number}", number + 1
    return found


ACCENTS = str.maketrans(
    {
        **dict.fromkeys("àâä", "a"),
        **dict.fromkeys("éèêë", "e"),
        **dict.fromkeys("îï", "i"),
        **dict.fromkeys("ôö", "o"),
        **dict.fromkeys("ùûü", "u"),
        "ç": "c",
        "œ": "oe",
        "æ": "ae",
    }
)


def _view(control: Control, value: Any) -> dict[str, Any]:
    view: dict[str, Any] = {
        "kind": control.kind,
        "name": control.name,
        "label": control.label,
        "help": control.help or None,
        "required": control.required,
        "options": list(control.choices),
    }
    if control.kind in ("text", "area"):
        words = value if isinstance(value, Mapping) else {}
        return {**view, "value": {one: str(words.get(one) or "") for one in LANGUAGES}}
    if control.kind == "options":
        return {**view, "value": _rows(value)}
    if control.kind == "many":
        return {**view, "value": list(value) if isinstance(value, list) else []}
    if control.kind == "yes":
        return {**view, "value": value is True}
    if control.kind == "truth":
        return {**view, "value": "false" if value is False else "true"}
    if control.kind == "condition":
        simple = {one["value"] for one in control.choices}
        by_hand = "" if value is None or value in simple else str(value)
        chosen = OTHER if by_hand else str(value or "")
        return {**view, "value": chosen, "written": by_hand}
    return {**view, "value": "" if value is None else str(value)}


def _rows(value: Any) -> list[dict[str, str]]:
    rows = [
        {
            "value": str(one.get("value") or ""),
            **{language: str(at(one, ("label", language)) or "") for language in LANGUAGES},
        }
        for one in (value if isinstance(value, list) else [])
        if isinstance(one, Mapping)
    ]
    return rows + [{"value": "", "fr": "", "en": ""}] * BLANK_ROWS
