"""What every sheet is made from, and the controls that many share."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.pages.staff.procedures.conditions import simple_conditions
from gateway.pages.staff.procedures.controls import Control

Translate = Callable[[str], str]


@dataclass(frozen=True)
class Setting:
    """What every sheet is made from: the draft's data, what may be named, the reader's words."""

    document: Mapping[str, Any]
    choices: Mapping[str, Any]
    language: str
    gettext: Translate


def listed(items: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return the choices of a list of the service."""
    return [{"value": one["id"], "label": one["label"]} for one in items]


def named(names: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the choices of names in words."""
    return [{"value": value, "label": label} for value, label in names.items()]


def condition(of: Setting, key: str, label: str, page: int, own: str) -> list[Control]:
    """Return the control of a condition on what was answered until that step."""
    _ = of.gettext
    simple = simple_conditions(of.document, page, of.language, _, own)
    return [Control((key,), "condition", label, "", False, simple)]
