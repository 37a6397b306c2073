"""The French texts that the gateway shows, as its templates and its Python files hold them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]")
CALLS = ("_", "gettext", "ngettext")
SYNTAX = Environment(extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - reads, never renders


@dataclass(frozen=True)
class Text:
    """A text and where it was read; `plural` is None for one that counts nothing."""

    file: str
    line: int
    singular: str
    plural: str | None = None

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the one or two French forms."""
        return (self.singular,) if self.plural is None else (self.singular, self.plural)


class Unreadable(Exception):
    """A file or a call from which no text can be taken; the message is for the developer."""


def texts_of(root: Path) -> list[Text]:
    """Return every text under `root`/gateway, by file and line; raise Unreadable."""
    folder = root / "gateway"
    paths = sorted([*(folder / "templates").rglob("*.html"), *folder.rglob("*.py")])
    return [text for path in paths for text in _texts_in(path, path.relative_to(root).as_posix())]


def _texts_in(path: Path, shown: str) -> Iterator[Text]:
    calls = _python_calls if path.suffix == ".py" else _template_calls
    try:
        found = list(calls(path.read_text(encoding="utf-8")))
    except (SyntaxError, TemplateSyntaxError) as error:
        raise Unreadable(f"{shown}:{error.lineno}: it cannot be read: {error}") from error
    for line, name, arguments in sorted(found, key=lambda call: call[0]):
        wanted = arguments[: 2 if name == "ngettext" else 1]
        literal = [text for text in wanted if isinstance(text, str)]
        if len(literal) != len(wanted) or not literal:
            raise Unreadable(f"{shown}:{line}: {name}() takes its text as a plain literal.")
        yield Text(shown, line, *literal)


Calls = Iterator[tuple[int, str, list[object]]]


def _python_calls(source: str) -> Calls:
    """Yield the line, the name and the literal arguments (None for others) of each call."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in CALLS:
                yield node.lineno, name, [getattr(item, "value", None) for item in node.args]


def _template_calls(source: str) -> Calls:
    for node in SYNTAX.parse(source).find_all(nodes.Call):
        if isinstance(node.node, nodes.Name) and node.node.name in CALLS:
            literal = [item.value if isinstance(item, nodes.Const) else None for item in node.args]
            yield node.lineno, node.node.name, literal
