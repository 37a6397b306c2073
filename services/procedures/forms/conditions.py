"""The compiled conditions and computed values of a form, and the types of its fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from weakref import WeakKeyDictionary

from services.procedures.forms.composites import parts_of
from services.procedures.forms.expressions import (
    Expression,
    compile_condition,
    compile_expression,
)
from services.procedures.forms.model import COMPOSITE_TYPES, FieldType, Form, FormField
from services.procedures.forms.operands import (
    BOOLEAN,
    DATE,
    MONEY,
    NUMBER,
    TEXT,
    TIME,
    OperandType,
)

TYPES = {
    FieldType.INTEGER: NUMBER,
    FieldType.DECIMAL: NUMBER,
    FieldType.MONEY: MONEY,
    FieldType.DATE: DATE,
    FieldType.TIME: TIME,
    FieldType.YES_NO: BOOLEAN,
}
CHOICES = (FieldType.CHOICE, FieldType.LINKED_CHOICE)


@dataclass
class Conditions:
    """Expressions by where they stand: `page:<id>`, `show:<field>`, `require:`, `value:`."""

    compiled: dict[str, Expression] = field(default_factory=dict)

    def find(self, kind: str, name: str) -> Expression | None:
        """Return the expression of a field or page, None when it has none."""
        return self.compiled.get(f"{kind}:{name}")


_known: "WeakKeyDictionary[Form, Conditions]" = WeakKeyDictionary()


def conditions_of(form: Form) -> Conditions:
    """Return the compiled expressions of a form, made once; raise `ExpressionFault`."""
    found = _known.get(form)
    if found is None:
        found = _known[form] = _compile(form)
    return found


def operand_types(fields: Iterable[FormField]) -> dict[str, OperandType]:
    """Return the type of each field in expressions."""
    return {found.id: operand_type(found) for found in fields if found.asks}


def operand_type(asked: FormField) -> OperandType:
    """Return the type of a field's answer in expressions."""
    kind = asked.result if asked.type is FieldType.COMPUTED and asked.result else asked.type
    if kind in CHOICES:
        return OperandType("text", frozenset(option.value for option in asked.options))
    if kind is FieldType.CHOICES:
        return OperandType("choices", frozenset(option.value for option in asked.options))
    if kind in COMPOSITE_TYPES:
        return OperandType("composite", parts=operand_types(parts_of(asked)))
    if kind is FieldType.GROUP:
        return OperandType("group", parts=operand_types(asked.fields))
    return TYPES.get(kind, TEXT)


def as_operand(asked: FormField, value: Any) -> Any:
    """Return a stored answer as expressions take it: numbers as Decimal, days as dates."""
    if value is None:
        return None
    kind = asked.result if asked.type is FieldType.COMPUTED and asked.result else asked.type
    if kind in (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY):
        return Decimal(str(value))
    if kind is FieldType.DATE:
        return date.fromisoformat(value)
    if kind in COMPOSITE_TYPES:
        return as_operands(parts_of(asked), value)
    if kind is FieldType.GROUP:
        return [as_operands(asked.fields, item) for item in value]
    return value


def as_operands(fields: Iterable[FormField], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers of several fields, as expressions take them."""
    return {found.id: as_operand(found, values.get(found.id)) for found in fields}


def as_stored(asked: FormField, value: Any) -> Any:
    """Return what a computed value is stored as, the same as a typed answer of its `result`."""
    if value is None:
        return None
    if asked.result in (FieldType.INTEGER, FieldType.MONEY):
        return int(value)
    if asked.result is FieldType.DECIMAL:
        return format(value.quantize(Decimal(1).scaleb(-asked.decimals)), "f")
    return value.isoformat() if asked.result is FieldType.DATE else value


def _compile(form: Form) -> Conditions:
    conditions = Conditions()
    everything = [asked for page in form.pages for asked in page.fields]
    types = operand_types(everything)
    for page in form.pages:
        if page.show is not None:
            conditions.compiled[f"page:{page.id}"] = compile_condition(page.show, types)
    for asked in everything:
        _compile_field(conditions, asked, types)
        for part in asked.fields:
            _compile_field(conditions, part, {**types, **operand_types(asked.fields)})
    return conditions


def _compile_field(
    conditions: Conditions, asked: FormField, types: Mapping[str, OperandType]
) -> None:
    for kind, text in (("show", asked.show), ("require", asked.require)):
        if text is not None:
            conditions.compiled[f"{kind}:{asked.id}"] = compile_condition(text, types)
    if asked.value is not None:
        conditions.compiled[f"value:{asked.id}"] = compile_expression(asked.value, types)
