"""What a form's conditions get wrong: unknown names, types, circles, what can never be shown."""

from collections.abc import Iterator, Mapping, Set
from graphlib import CycleError, TopologicalSorter
from itertools import product
from typing import Any

from services.procedures.forms.conditions import operand_type, operand_types
from services.procedures.forms.expressions import (
    TODAY,
    Expression,
    compile_condition,
    compile_expression,
)
from services.procedures.forms.model import FieldType, Form, FormField
from services.procedures.forms.operands import ExpressionFault, OperandType

Place = tuple[str | int, ...]
FormFault = tuple[Place, str]
RESULT_TYPES = {FieldType.INTEGER: "number", FieldType.DECIMAL: "number"}
MAX_CASES = 20_000


def form_faults(form: Form) -> Iterator[FormFault]:
    """Yield the place and the reason of each fault of a form that has the right shape."""
    checker = _Checker(form)
    yield from checker.faults()


class _Checker:
    def __init__(self, form: Form) -> None:
        self._form = form
        self._types = operand_types(field for page in form.pages for field in page.fields)
        self._fields = {field.id: field for page in form.pages for field in page.fields}
        self._page_of = {
            field.id: number for number, page in enumerate(form.pages) for field in page.fields
        }
        self._reads: dict[str, set[str]] = {}
        self._found: list[FormFault] = []

    def faults(self) -> list[FormFault]:
        for number, page in enumerate(self._form.pages):
            place: Place = ("form", "pages", number)
            if page.show is not None:
                self._condition((*place, "show"), page.show, f"page:{page.id}", self._types, number)
            for position, field in enumerate(page.fields):
                self._field((*place, "fields", position), field, number)
        if not self._found:
            self._check_circles()
        return self._found

    def _field(self, place: Place, field: FormField, page: int) -> None:
        node = f"field:{field.id}"
        self._reads.setdefault(node, set()).add(f"page:{self._form.pages[page].id}")
        self._keys(place, field, node, self._types, page)
        if field.follows is not None:
            self._follows((*place, "follows"), field, node)
        for position, part in enumerate(field.fields):
            part_place = (*place, "fields", position)
            types = {**self._types, **operand_types(field.fields)}
            if part.type in (FieldType.COMPUTED, FieldType.LINKED_CHOICE):
                self._found.append(((*part_place, "type"), "is not for a repeated group"))
            self._keys(part_place, part, node, types, page)

    def _keys(
        self,
        place: Place,
        field: FormField,
        node: str,
        types: Mapping[str, OperandType],
        page: int,
    ) -> None:
        for key in ("show", "require"):
            text = getattr(field, key)
            if text is not None:
                self._condition((*place, key), text, node, types, page)
        if field.value is not None:
            self._computed((*place, "value"), field, node, types, page)

    def _condition(
        self, place: Place, text: str, node: str, types: Mapping[str, OperandType], page: int
    ) -> None:
        try:
            found = compile_condition(text, types)
        except ExpressionFault as fault:
            self._found.append((place, str(fault)))
            return
        self._note_reads(place, found, node, page)
        if place[-1] == "show" and self._never(found):
            self._found.append((place, "can never be true: nobody would reach it"))

    def _computed(
        self,
        place: Place,
        field: FormField,
        node: str,
        types: Mapping[str, OperandType],
        page: int,
    ) -> None:
        try:
            found = compile_expression(field.value or "", types)
        except ExpressionFault as fault:
            self._found.append((place, str(fault)))
            return
        expected = operand_type(field)
        if found.type.name != expected.name:
            self._found.append((place, f"gives {found.type}, and result says {field.result}"))
        self._note_reads(place, found, node, page)

    def _note_reads(self, place: Place, found: Expression, node: str, page: int) -> None:
        outer = found.names & self._fields.keys()
        self._reads.setdefault(node, set()).update(f"field:{name}" for name in outer)
        for name in sorted(outer):
            if self._page_of[name] > page:
                self._found.append((place, f"{name!r} is asked on a later page"))

    def _follows(self, place: Place, field: FormField, node: str) -> None:
        followed = self._fields.get(field.follows or "")
        if followed is None or followed.type is not FieldType.CHOICE:
            self._found.append((place, f"{field.follows!r} is no choice of the form"))
            return
        self._reads[node].add(f"field:{followed.id}")
        known = {option.value for option in followed.options}
        for option in field.options:
            for value in set(option.goes_with) - known:
                self._found.append((place, f"{value!r} is no option of {followed.id!r}"))

    def _check_circles(self) -> None:
        try:
            TopologicalSorter(self._reads).prepare()
        except CycleError as error:
            names = [node.partition(":")[2] for node in error.args[1]]
            place = self._place_of(error.args[1][0])
            self._found.append((place, f"depends on itself: {' > '.join(names)}"))

    def _place_of(self, node: str) -> Place:
        kind, _, name = node.partition(":")
        for number, page in enumerate(self._form.pages):
            if kind == "page" and page.id == name:
                return ("form", "pages", number)
            for position, field in enumerate(page.fields):
                if kind == "field" and field.id == name:
                    return ("form", "pages", number, "fields", position)
        return ("form",)

    def _never(self, found: Expression) -> bool:
        """Say whether no answers at all meet a condition on choices and yes-or-no questions."""
        domains: list[Set[Any]] = []
        for name in sorted(found.names):
            kind = self._types.get(name)
            if name == TODAY or kind is None or not (kind.options or kind.name == "yes or no"):
                return False
            if kind.name == "choices":
                return False
            domains.append({None, *(kind.options or {True, False})})
        cases = 1
        for domain in domains:
            cases *= len(domain)
        if cases > MAX_CASES:
            return False
        names = sorted(found.names)
        return not any(
            found.holds(dict(zip(names, case, strict=True)).__getitem__)
            for case in product(*domains)
        )
