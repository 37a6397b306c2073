"""The language of conditions and computed values: typed when a definition is loaded, then run.

The grammar is a small part of Python's, read by Python's own parser and never run by it: names of
fields, `field.part`, literals, `and or not`, comparisons, `in`, `+ - * /`, and the functions of
`functions.py`. An answer that is missing makes arithmetic give nothing, and a comparison false.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from services.procedures.forms.functions import FUNCTIONS
from services.procedures.forms.operands import (
    BOOLEAN,
    DATE,
    MONEY,
    NUMBER,
    TEXT,
    ExpressionFault,
    OperandType,
    many,
)
from services.procedures.forms.operators import arithmetic_of, comparison_of

MAX_LENGTH = 500
MAX_DEPTH = 30
MAX_FIGURES = 15
TODAY = "today"

Scope = Callable[[str], Any]
Run = Callable[[Scope], Any]


@dataclass(frozen=True)
class Expression:
    """A checked expression: its type, the fields that it reads, and how to run it."""

    text: str
    type: OperandType
    names: frozenset[str]
    run: Run

    def holds(self, scope: Scope) -> bool:
        """Say whether a condition is met; an answer that is missing never meets one."""
        try:
            return self.run(scope) is True
        except ArithmeticError:  # figures beyond any sense meet nothing
            return False


def compile_expression(text: str, types: Mapping[str, OperandType]) -> Expression:
    """Check `text` against the types of the fields; raise `ExpressionFault` with the reason."""
    if len(text) > MAX_LENGTH:
        raise ExpressionFault(f"is longer than {MAX_LENGTH} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise ExpressionFault(f"cannot be read: {text!r}") from None
    compiler = _Compiler({**types, TODAY: DATE})
    kind, run = compiler.compile(tree, 0)
    return Expression(text, kind, frozenset(compiler.names), run)


def compile_condition(text: str, types: Mapping[str, OperandType]) -> Expression:
    """As `compile_expression`, for an expression that must be true or false."""
    found = compile_expression(text, types)
    if found.type is not BOOLEAN:
        raise ExpressionFault(f"must be true or false, not {found.type}")
    return found


class _Compiler:
    def __init__(self, types: Mapping[str, OperandType]) -> None:
        self._types = types
        self.names: set[str] = set()

    def compile(self, node: ast.expr, depth: int) -> tuple[OperandType, Run]:
        if depth > MAX_DEPTH:
            raise ExpressionFault("is nested too deeply")
        compile_node = _NODES.get(type(node))
        if compile_node is None:
            raise ExpressionFault(f"may not hold {ast.unparse(node)!r}")
        return compile_node(self, node, depth + 1)

    def constant(self, node: ast.Constant, _: int) -> tuple[OperandType, Run]:
        value = node.value
        if isinstance(value, bool):
            return BOOLEAN, lambda scope: value
        if isinstance(value, int | float):
            try:
                number = Decimal(repr(value))
            except InvalidOperation:
                raise ExpressionFault("holds a number that cannot be read") from None
            if not number.is_finite() or number.adjusted() > MAX_FIGURES:
                raise ExpressionFault("holds a number beyond any sense")
            return NUMBER, lambda scope: number
        if isinstance(value, str):
            return OperandType("text", literal=value), lambda scope: value
        raise ExpressionFault(f"may not hold {ast.unparse(node)!r}")

    def name(self, node: ast.Name, _: int) -> tuple[OperandType, Run]:
        name = {"true": "True", "false": "False"}.get(node.id)
        if name is not None:
            return BOOLEAN, lambda scope: name == "True"
        if node.id not in self._types:
            raise ExpressionFault(f"{node.id!r} is no field of the form")
        self.names.add(node.id)
        return self._types[node.id], lambda scope: scope(node.id)

    def attribute(self, node: ast.Attribute, depth: int) -> tuple[OperandType, Run]:
        kind, run = self.compile(node.value, depth)
        part, name = kind.part(node.attr), node.attr
        if kind.name == "group":
            return many(part), lambda scope: [
                item[name] for item in run(scope) or [] if item.get(name) is not None
            ]
        return part, lambda scope: (run(scope) or {}).get(name)

    def boolean(self, node: ast.BoolOp, depth: int) -> tuple[OperandType, Run]:
        runs = [self._condition(value, depth) for value in node.values]
        whole = all if isinstance(node.op, ast.And) else any
        return BOOLEAN, lambda scope: whole(run(scope) is True for run in runs)

    def unary(self, node: ast.UnaryOp, depth: int) -> tuple[OperandType, Run]:
        if isinstance(node.op, ast.Not):
            condition = self._condition(node.operand, depth)
            return BOOLEAN, lambda scope: condition(scope) is not True
        kind, run = self.compile(node.operand, depth)
        if not isinstance(node.op, ast.USub) or kind not in (NUMBER, MONEY):
            raise ExpressionFault(f"may not hold {ast.unparse(node)!r}")
        return kind, lambda scope: None if (value := run(scope)) is None else -value

    def binary(self, node: ast.BinOp, depth: int) -> tuple[OperandType, Run]:
        left, run_left = self.compile(node.left, depth)
        right, run_right = self.compile(node.right, depth)
        kind, operate = arithmetic_of(type(node.op), left, right)

        def run(scope: Scope) -> Any:
            first, second = run_left(scope), run_right(scope)
            return None if first is None or second is None else operate(first, second)

        return kind, run

    def compare(self, node: ast.Compare, depth: int) -> tuple[OperandType, Run]:
        if len(node.ops) != 1:
            raise ExpressionFault("compares more than two things at once: use and")
        left, run_left = self.compile(node.left, depth)
        right, run_right = self.compile(node.comparators[0], depth)
        compare = comparison_of(type(node.ops[0]), left, right)

        def run(scope: Scope) -> bool:
            first, second = run_left(scope), run_right(scope)
            return first is not None and second is not None and compare(first, second)

        return BOOLEAN, run

    def tuple_(self, node: ast.Tuple | ast.List, depth: int) -> tuple[OperandType, Run]:
        parts = [self.compile(element, depth) for element in node.elts]
        if not parts or any(kind.name != "text" for kind, _ in parts):
            raise ExpressionFault("may list texts only")
        literals = tuple(kind.literal for kind, _ in parts)
        runs = [run for _, run in parts]
        return OperandType("texts", literals=literals), lambda scope: [run(scope) for run in runs]

    def call(self, node: ast.Call, depth: int) -> tuple[OperandType, Run]:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in FUNCTIONS or node.keywords:
            known = ", ".join(sorted(FUNCTIONS))
            raise ExpressionFault(f"calls an unknown function; there are {known}")
        parts = [self.compile(argument, depth) for argument in node.args]
        function = FUNCTIONS[name]
        kind = function.result(name, [found for found, _ in parts])
        runs = [run for _, run in parts]

        def run(scope: Scope) -> Any:
            values = [run_part(scope) for run_part in runs]
            if None in values and not function.takes_nothing:
                return None
            return function.run(*values, today=scope(TODAY))

        return kind, run

    def _condition(self, node: ast.expr, depth: int) -> Run:
        kind, run = self.compile(node, depth)
        if kind is not BOOLEAN:
            raise ExpressionFault(f"{ast.unparse(node)!r} must be true or false, not {kind}")
        return run


_NODES: Mapping[type[ast.expr], Callable[[Any, Any, int], tuple[OperandType, Run]]] = {
    ast.Constant: _Compiler.constant,
    ast.Name: _Compiler.name,
    ast.Attribute: _Compiler.attribute,
    ast.BoolOp: _Compiler.boolean,
    ast.UnaryOp: _Compiler.unary,
    ast.BinOp: _Compiler.binary,
    ast.Compare: _Compiler.compare,
    ast.Tuple: _Compiler.tuple_,
    ast.List: _Compiler.tuple_,
    ast.Call: _Compiler.call,
}

__all__ = ["TEXT", "Expression", "ExpressionFault", "compile_condition", "compile_expression"]
