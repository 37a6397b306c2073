"""A whole form read from what was typed: what is shown, asked, understood, computed, faulty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.procedures.forms.cleaning import AnswerRefused, Setting
from services.procedures.forms.composites import parts_of
from services.procedures.forms.conditions import (
    as_operand,
    as_operands,
    as_stored,
    conditions_of,
)
from services.procedures.forms.expressions import TODAY, Scope
from services.procedures.forms.model import (
    COMPOSITE_TYPES,
    MAX_ITEMS,
    FieldType,
    Form,
    FormField,
    FormPage,
)
from services.procedures.forms.typing_kept import is_blank
from services.procedures.forms.validation import (
    CleanedPage,
    FieldError,
    clean_answer,
    error_of,
)


@dataclass(frozen=True)
class Answer:
    """What became of one field."""

    value: Any = None
    errors: tuple[FieldError, ...] = ()


NOTHING = Answer()


class FormReading:
    """Reads each field once, in whatever order the conditions need; `raw` is typed, by field id."""

    def __init__(self, form: Form, raw: Mapping[str, Any], setting: Setting) -> None:
        self._form = form
        self._raw = raw
        self._setting = setting
        self._conditions = conditions_of(form)
        self._places = {field.id: (page, field) for page in form.pages for field in page.fields}
        self._answers: dict[str, Answer] = {}
        self._pages: dict[str, bool] = {}

    def page_shown(self, page: FormPage) -> bool:
        """Say whether a page is part of this person's form."""
        if page.id not in self._pages:
            condition = self._conditions.find("page", page.id)
            self._pages[page.id] = condition is None or condition.holds(self._operand)
        return self._pages[page.id]

    def shown(self, field: FormField, scope: Scope | None = None) -> bool:
        """Say whether a field of a shown page, or of an item (`scope`), is asked or told."""
        condition = self._conditions.find("show", field.id)
        return condition is None or condition.holds(scope or self._operand)

    def required(self, field: FormField, scope: Scope | None = None) -> bool:
        """Say whether a field that is shown must be answered."""
        condition = self._conditions.find("require", field.id)
        return field.required or (condition is not None and condition.holds(scope or self._operand))

    def clean(self, page: FormPage) -> CleanedPage:
        """Return the values and errors of a page; a page that is not shown has neither."""
        values: dict[str, Any] = {}
        errors: list[FieldError] = []
        for field in page.questions if self.page_shown(page) else ():
            answer = self.answer(field.id)
            errors += answer.errors
            if answer.value is not None:
                values[field.id] = answer.value
        return CleanedPage(values, tuple(errors))

    def values(self) -> dict[str, Any]:
        """Return every understood answer of the pages that are shown."""
        return {
            name: value
            for page in self._form.pages
            for name, value in self.clean(page).values.items()
        }

    def document_asked(self, document_id: str) -> bool:
        """Say whether a document is asked for: not when the field that stands for it is hidden."""
        places = [
            (page, field) for page, field in self._places.values() if field.document == document_id
        ]
        return not places or any(
            self.page_shown(page) and self.shown(field) for page, field in places
        )

    def answer(self, field_id: str) -> Answer:
        """Return what became of a field; nothing when it is not shown."""
        if field_id not in self._answers:
            page, field = self._places[field_id]
            is_shown = self.page_shown(page) and self.shown(field)
            self._answers[field_id] = self._read(field) if is_shown else NOTHING
        return self._answers[field_id]

    def item_scope(self, group: FormField, item: Mapping[str, Any]) -> Scope:
        """Return the names that the conditions of one item of a group see: its own first."""
        values = {
            part.id: self._simple(part, item.get(part.id), "", required=False).value
            for part in group.fields
            if part.type not in COMPOSITE_TYPES
        }
        own = as_operands(group.fields, values)
        return lambda name: own[name] if name in own else self._operand(name)

    def _operand(self, name: str) -> Any:
        if name == TODAY:
            return self._setting.today
        return as_operand(self._places[name][1], self.answer(name).value)

    def _read(self, field: FormField) -> Answer:
        if field.type is FieldType.COMPUTED:
            return Answer(as_stored(field, self._computed(field)))
        raw = self._raw.get(field.id)
        if field.type is FieldType.GROUP:
            return self._group(field, raw)
        return self._one(field, raw, field.id, self.required(field))

    def _computed(self, field: FormField) -> Any:
        expression = self._conditions.find("value", field.id)
        try:
            return expression.run(self._operand) if expression is not None else None
        except ArithmeticError:  # figures beyond any sense have no result
            return None

    def _one(self, field: FormField, raw: Any, path: str, required: bool) -> Answer:
        if field.type in COMPOSITE_TYPES:
            return self._composite(field, raw, path, required)
        return self._simple(field, raw, path, required=required)

    def _simple(self, field: FormField, raw: Any, path: str, *, required: bool) -> Answer:
        try:
            value = clean_answer(field, raw, self._setting, required=required)
            if value is not None and field.follows is not None:
                self._check_followed(field, value)
        except AnswerRefused as refused:
            return Answer(None, (error_of(field, refused, self._setting.language, path),))
        return Answer(value)

    def _check_followed(self, field: FormField, value: str) -> None:
        followed = self._places[field.follows or ""][1]
        given = self.answer(followed.id).value
        option = next(found for found in field.options if found.value == value)
        if given is not None and option.goes_with and given not in option.goes_with:
            label = followed.label.in_language(self._setting.language)
            raise AnswerRefused("not-offered-with", followed=label)

    def _composite(self, field: FormField, raw: Any, path: str, required: bool) -> Answer:
        if raw is not None and not isinstance(raw, Mapping):
            return self._refused(field, "wrong-shape", path)
        if is_blank(raw) and not required:
            return NOTHING
        given = raw or {}
        parts = {
            part.id: self._simple(
                part, given.get(part.id), f"{path}.{part.id}", required=part.required
            )
            for part in parts_of(field)
        }
        errors = tuple(error for part in parts.values() for error in part.errors)
        values = {name: part.value for name, part in parts.items() if part.value is not None}
        if not errors and field.type is FieldType.DATE_RANGE and values["last"] < values["first"]:
            return self._refused(field, "wrong-order", f"{path}.last")
        return Answer(None if errors else values, errors)

    def _group(self, group: FormField, raw: Any) -> Answer:
        if raw is not None and not isinstance(raw, list):
            return self._refused(group, "wrong-shape", group.id)
        most = group.max if isinstance(group.max, int) else MAX_ITEMS
        least = group.min if isinstance(group.min, int) else int(self.required(group))
        items = [item for item in raw or [] if not is_blank(item)]
        if len(items) > most:
            return self._refused(group, "too-many", group.id, limit=most)
        if not all(isinstance(item, Mapping) for item in items):
            return self._refused(group, "wrong-shape", group.id)
        if len(items) < least:
            code = "required" if not items and group.ask is not None else "too-few"
            return self._refused(group, code, group.id, limit=least)
        # blank ones keep their place, so that an error leads to the input that was shown
        read = [
            self._item(group, item, f"{group.id}.{place}")
            for place, item in enumerate(raw or [])
            if not is_blank(item)
        ]
        errors = tuple(error for answer in read for error in answer.errors)
        values = [answer.value for answer in read]
        return Answer(None if errors or not values else values, errors)

    def _item(self, group: FormField, item: Mapping[str, Any], path: str) -> Answer:
        scope = self.item_scope(group, item)
        shown = [part for part in group.fields if part.asks and self.shown(part, scope)]
        answers = {
            part.id: self._one(
                part, item.get(part.id), f"{path}.{part.id}", self.required(part, scope)
            )
            for part in shown
        }
        errors = tuple(error for answer in answers.values() for error in answer.errors)
        values = {name: found.value for name, found in answers.items() if found.value is not None}
        return Answer(values, errors)

    def _refused(self, field: FormField, code: str, path: str, **figures: object) -> Answer:
        refused = AnswerRefused(code, **figures)
        return Answer(None, (error_of(field, refused, self._setting.language, path),))


def clean_page(
    page: FormPage,
    raw: Mapping[str, Any],
    language: str,
    communes: Mapping[str, str],
    today: date,
) -> CleanedPage:
    """Clean the answers to a page that stands alone; keys that are no field of it are ignored.

    `communes` maps INSEE codes to names; `today` is the day in the authority's time zone.
    """
    return FormReading(Form((page,)), raw, Setting(language, communes, today)).clean(page)


def read_pages(form: Form, pages: Mapping[str, Mapping[str, Any]], setting: Setting) -> FormReading:
    """Return the reading of what was typed page by page; field ids are unique in the whole form."""
    raw = {name: value for typed in pages.values() for name, value in typed.items()}
    return FormReading(form, raw, setting)
