"""What is kept of the typing: the shape that the form has, within reason, whatever its faults."""

from collections.abc import Mapping
from typing import Any

from services.procedures.forms.composites import parts_of
from services.procedures.forms.model import COMPOSITE_TYPES, MAX_ITEMS, FieldType, FormField
from services.procedures.forms.plain_text import RAW_LIMIT

MAX_VALUES = 200


def kept_typing(field: FormField, raw: Any) -> Any:
    """Return what is kept of one field's typing; None when nothing of it can be."""
    if field.type is FieldType.GROUP:
        items = raw[: MAX_ITEMS * 2] if isinstance(raw, list) else []
        return [_kept_parts(field.fields, item) for item in items]
    if field.type in COMPOSITE_TYPES:
        return _kept_parts(parts_of(field), raw)
    return _kept_simple(raw)


def is_blank(raw: Any) -> bool:
    """Say whether nothing was typed, at any depth that a form has."""
    if isinstance(raw, str):
        return not raw.strip()
    if isinstance(raw, Mapping):
        return all(_is_empty(value) for value in raw.values())
    return raw is None or raw == []


def _is_empty(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(found in (None, "", []) for found in value.values())
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _kept_parts(parts: tuple[FormField, ...], raw: Any) -> dict[str, Any]:
    given = raw if isinstance(raw, Mapping) else {}
    found = {part.id: kept_typing(part, given[part.id]) for part in parts if part.id in given}
    return {name: value for name, value in found.items() if value is not None}


def _kept_simple(raw: Any) -> Any:
    if isinstance(raw, str):
        return raw if len(raw) <= RAW_LIMIT else None
    if isinstance(raw, bool | int | float):
        return raw if len(str(raw)) < MAX_VALUES else None
    if isinstance(raw, list):
        texts = [value for value in raw[:MAX_VALUES] if isinstance(value, str)]
        return texts if sum(map(len, texts)) <= RAW_LIMIT else None
    return None
