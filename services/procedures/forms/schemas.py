"""The shape of a form in a procedure file, and what it loads into."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from authority.text import Text
from services.procedures.forms.model import (
    AUTOCOMPLETE_NAMES,
    COMPOSITE_TYPES,
    PREFILL_NAMES,
    SILENT_TYPES,
    TODAY,
    FieldType,
    Form,
    FormField,
    FormPage,
    Option,
)

SLUG = validate.Regexp(r"[a-z0-9]+([-_][a-z0-9]+)*\Z", error="must be lower-case-letters-like-this")
NOT_BLANK = validate.Regexp(r"\S", re.DOTALL, error="must not be empty")
CHOICE_TYPES = frozenset({FieldType.CHOICE, FieldType.CHOICES, FieldType.LINKED_CHOICE})
NUMBER_TYPES = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.GROUP})
DAY_TYPES = frozenset({FieldType.DATE, FieldType.DATE_RANGE})
BOUNDED_TYPES = NUMBER_TYPES | DAY_TYPES
RESULT_TYPES = (
    FieldType.INTEGER,
    FieldType.DECIMAL,
    FieldType.MONEY,
    FieldType.DATE,
    FieldType.YES_NO,
    FieldType.TEXT,
)
FREE_TYPES = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})
# key -> the types for which it means something
KEYS_OF_TYPES: Mapping[str, frozenset[FieldType]] = {
    "options": CHOICE_TYPES,
    "min": BOUNDED_TYPES,
    "max": BOUNDED_TYPES,
    "max_length": FREE_TYPES,
    "text": frozenset({FieldType.INFORMATION}),
    "value": frozenset({FieldType.COMPUTED}),
    "result": frozenset({FieldType.COMPUTED}),
    "follows": frozenset({FieldType.LINKED_CHOICE}),
    "fields": frozenset({FieldType.GROUP}),
    "item_label": frozenset({FieldType.GROUP}),
    "local": frozenset({FieldType.ADDRESS}),
    "document": frozenset({FieldType.FILES}),
}
# type -> the keys that it cannot do without
NEEDED_KEYS: Mapping[FieldType, tuple[str, ...]] = {
    FieldType.INFORMATION: ("text",),
    FieldType.COMPUTED: ("value", "result"),
    FieldType.LINKED_CHOICE: ("follows",),
    FieldType.GROUP: ("fields", "item_label"),
    FieldType.FILES: ("document",),
}


class Part(Schema):
    """A part of a definition: loads into the dataclass `makes`; lists become tuples."""

    makes: ClassVar[type]

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Any:
        """Build the dataclass."""
        given = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        return self.makes(**given)


class TextPart(Part):
    """A sentence in French and English: both are needed."""

    makes = Text
    fr = fields.String(required=True, validate=NOT_BLANK)
    en = fields.String(required=True, validate=NOT_BLANK)


def bilingual(*, required: bool = True) -> fields.Nested:
    """Return a bilingual field; an optional one may be left out."""
    return fields.Nested(TextPart, **_presence(required))


def slug() -> fields.String:
    """Return a required identifier."""
    return fields.String(required=True, validate=SLUG)


class StrictBoolean(fields.Field[bool]):
    """True or false only: marshmallow's own takes 0, 1 and "yes" too."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("must be true or false")
        return value


def _presence(required: bool) -> dict[str, Any]:
    return {"required": True} if required else {"load_default": None, "allow_none": True}


class OptionPart(Part):
    """One answer of a choice."""

    makes = Option
    value = slug()
    label = bilingual()
    goes_with = fields.List(slug(), load_default=list)


class Bound(fields.Field[int | str]):
    """A smallest or greatest answer: a whole number, an ISO day or `today`."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int | str:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if value == TODAY:
            return TODAY
        try:
            return date.fromisoformat(value).isoformat()
        except (TypeError, ValueError):
            raise ValidationError("must be a whole number, a day or today") from None


def _expression() -> fields.String:
    return fields.String(load_default=None, validate=NOT_BLANK)


class SimpleFieldPart(Part):
    """A field of a page, or of a repeated group, which holds no group itself."""

    makes = FormField
    id = slug()
    type = fields.Enum(FieldType, by_value=True, required=True)
    label = bilingual()
    help = bilingual(required=False)
    required = StrictBoolean(load_default=False)
    options = fields.List(fields.Nested(OptionPart), load_default=list)
    min = Bound(load_default=None)
    max = Bound(load_default=None)
    max_length = fields.Integer(strict=True, load_default=None, validate=validate.Range(1, 20_000))
    autocomplete = fields.String(load_default=None, validate=validate.OneOf(AUTOCOMPLETE_NAMES))
    inputmode = fields.String(
        load_default=None, validate=validate.OneOf(["text", "numeric", "tel", "email"])
    )
    text = bilingual(required=False)
    prefill = fields.String(load_default=None, validate=validate.OneOf(PREFILL_NAMES))
    ask = bilingual(required=False)
    show = _expression()
    require = _expression()
    value = _expression()
    result = fields.Enum(FieldType, by_value=True, load_default=None)
    follows = fields.String(load_default=None, validate=SLUG)
    local = StrictBoolean(load_default=False)
    decimals = fields.Integer(strict=True, load_default=2, validate=validate.Range(0, 9))
    document = fields.String(load_default=None, validate=SLUG)

    @validates_schema
    def check_keys_of_type(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse keys that mean nothing for the type, and types without what they need."""
        faults = {**_key_faults(data), **_bound_faults(data)}
        if faults:
            raise ValidationError(faults)


class FieldPart(SimpleFieldPart):
    """A field of a page; `fields` are those of a repeated group."""

    fields_ = fields.List(
        fields.Nested(SimpleFieldPart), load_default=list, data_key="fields", attribute="fields"
    )
    item_label = bilingual(required=False)


def _key_faults(data: Mapping[str, Any]) -> dict[str, list[str]]:
    kind = data["type"]
    faults = {
        key: [f"means nothing for {kind}"]
        for key, kinds in KEYS_OF_TYPES.items()
        if data.get(key) not in (None, [], False) and kind not in kinds
    }
    faults |= {key: ["is missing"] for key in NEEDED_KEYS.get(kind, ()) if not data.get(key)}
    if kind is FieldType.GROUP and "item_label" not in data:
        faults = {"type": ["is not for a field of a group"]}
    if kind in CHOICE_TYPES and len(data["options"]) < 2:
        faults["options"] = ["must have two options or more"]
    if kind is FieldType.COMPUTED and data["result"] not in (*RESULT_TYPES, None):
        faults["result"] = [f"must be one of: {', '.join(RESULT_TYPES)}"]
    may_be_required = data["required"] or data["require"] is not None
    if may_be_required and kind in SILENT_TYPES | {FieldType.COMPUTED}:
        faults["required"] = [f"means nothing for {kind}"]
    elif may_be_required and not data["ask"] and kind not in COMPOSITE_TYPES:
        faults["ask"] = ["is missing: what a person reads when the answer is"]
    return faults


def _bound_faults(data: Mapping[str, Any]) -> dict[str, list[str]]:
    kind = data["type"]
    if kind not in BOUNDED_TYPES:
        return {}
    expected = int if kind in NUMBER_TYPES else str
    wrong = {
        key: ["must be a whole number" if expected is int else "must be a day or today"]
        for key in ("min", "max")
        if data[key] is not None and not isinstance(data[key], expected)
    }
    bounds = (data["min"], data["max"])
    if not wrong and None not in bounds and TODAY not in bounds and bounds[0] > bounds[1]:
        return {"max": ["must not be less than min"]}
    return wrong


class PagePart(Part):
    """A step of the form."""

    makes = FormPage
    id = slug()
    title = bilingual()
    intro = bilingual(required=False)
    show = _expression()
    fields_ = fields.List(
        fields.Nested(FieldPart),
        required=True,
        validate=validate.Length(min=1),
        data_key="fields",
        attribute="fields",
    )


class FormPart(Part):
    """The pages of a form."""

    makes = Form
    pages = fields.List(fields.Nested(PagePart), required=True, validate=validate.Length(min=1))
