"""What is kept of the typing of a page: nothing that conditions hide."""

from collections.abc import Mapping
from typing import Any

from services.procedures.forms.model import FieldType, FormField, FormPage
from services.procedures.forms.reading import FormReading


def shown_typing(reading: FormReading, page: FormPage, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the typing of a page without what is not shown."""
    if not reading.page_shown(page):
        return {}
    shown = {field.id: field for field in page.asked if reading.shown(field)}
    return {
        name: _shown_items(reading, shown[name], value)
        for name, value in typed.items()
        if name in shown
    }


def _shown_items(reading: FormReading, field: FormField, value: Any) -> Any:
    if field.type is not FieldType.GROUP or not isinstance(value, list):
        return value
    return [_shown_item(reading, field, item) for item in value if isinstance(item, Mapping)]


def _shown_item(reading: FormReading, group: FormField, item: Mapping[str, Any]) -> dict[str, Any]:
    scope = reading.item_scope(group, item)
    shown = {part.id for part in group.fields if part.asks and reading.shown(part, scope)}
    return {name: value for name, value in item.items() if name in shown}
