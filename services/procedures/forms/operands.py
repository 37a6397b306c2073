"""The types that expressions are checked with."""

from collections.abc import Mapping
from dataclasses import dataclass, field


class ExpressionFault(Exception):
    """An expression cannot be used; the message says why, for who writes definitions."""


@dataclass(frozen=True, eq=False)
class OperandType:
    """The type of a value. `options` are the values of a choice, `parts` those of a composite."""

    name: str
    options: frozenset[str] | None = None
    parts: Mapping[str, "OperandType"] = field(default_factory=dict)
    element: "OperandType | None" = None
    literal: str | None = None
    literals: tuple[str | None, ...] = ()

    def __str__(self) -> str:
        return f"list of {self.element}" if self.element is not None else self.name

    def part(self, name: str) -> "OperandType":
        """Return the type of a part, or raise `ExpressionFault`."""
        if name not in self.parts:
            known = ", ".join(sorted(self.parts)) or "none"
            raise ExpressionFault(f"{name!r} is no part of this {self}; there are: {known}")
        return self.parts[name]

    def refuse_unknown(self, texts: tuple[str | None, ...]) -> None:
        """Raise `ExpressionFault` when a literal can never be an answer of this choice."""
        for text in texts:
            if self.options is not None and text is not None and text not in self.options:
                known = ", ".join(sorted(self.options))
                raise ExpressionFault(f"{text!r} is none of the options: {known}")


TEXT = OperandType("text")
NUMBER = OperandType("number")
MONEY = OperandType("money")
BOOLEAN = OperandType("yes or no")
DATE = OperandType("date")
TIME = OperandType("time")
SCALARS = (TEXT, NUMBER, MONEY, BOOLEAN, DATE, TIME)


def many(element: OperandType) -> OperandType:
    """Return the type of a list of `element`."""
    return OperandType("list", element=element)
