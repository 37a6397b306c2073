"""A form's pages as JSON, in one language."""

from collections.abc import Mapping
from typing import Any

from services.procedures.forms.composites import parts_of
from services.procedures.forms.model import FieldType, FormField, FormPage

PRECISE_TYPES = (FieldType.DECIMAL,)


def page_view(page: FormPage, communes: Mapping[str, str], language: str) -> dict[str, Any]:
    """Return a page; `communes` (INSEE code -> name) are the options of its commune fields."""
    return {
        "id": page.id,
        "title": page.title.in_language(language),
        "intro": page.intro.in_language(language) if page.intro else None,
        "show": page.show,
        "fields": [field_view(field, communes, language) for field in page.fields],
    }


def field_view(field: FormField, communes: Mapping[str, str], language: str) -> dict[str, Any]:
    """Return a field, without the keys that do not apply.

    `parts` are the fields of a composite (`answer.<field>.<part>` in HTML), `fields` those of each
    item of a group (`answer.<group>.<n>.<field>`).
    """
    view = {
        "id": field.id,
        "type": field.type.value,
        "label": field.label.in_language(language),
        "help": field.help.in_language(language) if field.help else None,
        "required": field.required,
        "options": _options(field, communes, language),
        "min": field.min,
        "max": field.max,
        "max_length": field.length_limit,
        "autocomplete": field.autocomplete,
        "inputmode": field.inputmode,
        "prefill": field.prefill,
        "text": field.text.in_language(language) if field.text else None,
        "show": field.show,
        "require": field.require,
        "follows": field.follows,
        "document": field.document,
        "result": field.result.value if field.result else None,
        "decimals": field.decimals if field.type in PRECISE_TYPES else None,
        "item_label": field.item_label.in_language(language) if field.item_label else None,
        "fields": _fields(field.fields, communes, language),
        "parts": _fields(parts_of(field), communes, language),
    }
    return {key: value for key, value in view.items() if value is not None or key == "help"}


def _fields(
    fields: tuple[FormField, ...], communes: Mapping[str, str], language: str
) -> list[dict[str, Any]] | None:
    return [field_view(found, communes, language) for found in fields] or None


def _options(
    field: FormField, communes: Mapping[str, str], language: str
) -> list[dict[str, Any]] | None:
    if field.type is FieldType.COMMUNE:
        return [{"value": code, "label": name} for code, name in communes.items()]
    if not field.options:
        return None
    return [
        {
            "value": option.value,
            "label": option.label.in_language(language),
            **({"goes_with": list(option.goes_with)} if option.goes_with else {}),
        }
        for option in field.options
    ]
