"""The recapitulation of a request, and what its form shows now, as JSON."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.procedures.forms.display import display_value
from services.procedures.forms.model import NO_FORM, FieldType, Form, FormField
from services.procedures.forms.reading import FormReading
from services.procedures.requests.model import Request

Communes = Mapping[str, str]


def recap_view(
    request: Request, form: Form | None, reading: FormReading, communes: Communes, language: str
) -> list[dict[str, Any]]:
    """Return the pages with each answer in words: `{page, title, fields: [{field, label, value}]}`.

    A repeated group is one row for each answer of each item; its `field` is `children.0.name`.
    """
    values = request.values()
    return [
        {
            "page": page.id,
            "title": page.title.in_language(language),
            "fields": [
                row
                for field in page.questions
                if field.id in values or reading.shown(field)
                for row in _rows(field, values.get(field.id), communes, language)
            ],
        }
        for page in (form or NO_FORM).pages
        if page.id in request.pages or reading.page_shown(page)
    ]


def form_state_view(
    form: Form | None,
    reading: FormReading,
    typed: Mapping[str, Mapping[str, Any]],
    communes: Communes,
    language: str,
) -> dict[str, Any]:
    """Return what conditions make of the form now.

    `pages`: ids of those shown. `hidden`, `required`: fields, `children.0.school` for one of an
    item. `computed`: values in words, by field.
    """
    hidden: list[str] = []
    required: list[str] = []
    computed: dict[str, str] = {}
    pages = [page for page in (form or NO_FORM).pages if reading.page_shown(page)]
    for page in pages:
        for field in page.fields:
            if not reading.shown(field):
                hidden.append(field.id)
                continue
            if field.require is not None and reading.required(field):
                required.append(field.id)
            if field.type is FieldType.COMPUTED:
                value = reading.answer(field.id).value
                computed[field.id] = display_value(field, value, language, communes)
            items = typed.get(page.id, {}).get(field.id) if field.fields else None
            _add_item_states(reading, field, items, hidden, required)
    return {
        "pages": [page.id for page in pages],
        "hidden": hidden,
        "required": required,
        "computed": computed,
    }


def _add_item_states(
    reading: FormReading, group: FormField, items: Any, hidden: list[str], required: list[str]
) -> None:
    for place, item in enumerate(items or []):
        scope = reading.item_scope(group, item)
        for part in group.fields:
            name = f"{group.id}.{place}.{part.id}"
            if not reading.shown(part, scope):
                hidden.append(name)
            elif part.require is not None and reading.required(part, scope):
                required.append(name)


def _rows(
    field: FormField, value: Any, communes: Communes, language: str
) -> Iterator[dict[str, Any]]:
    label = field.label.in_language(language)
    if field.type is not FieldType.GROUP or not value:
        shown = display_value(field, value, language, communes) if value != [] else ""
        yield {"field": field.id, "label": label, "value": shown}
        return
    item_label = (field.item_label or field.label).in_language(language)
    for place, item in enumerate(value):
        for part in field.fields:
            if part.asks and part.id in item:
                yield {
                    "field": f"{field.id}.{place}.{part.id}",
                    "label": f"{item_label} {place + 1} – {part.label.in_language(language)}",
                    "value": display_value(part, item[part.id], language, communes),
                }
