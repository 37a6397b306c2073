"""YAML as plain data whose every part knows its line, and faults that name it.

Scalars stay the text that was written: `01000` is a postal code, `2026-11-01` a day only where a
schema wants one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

Path_ = tuple[str | int, ...]

NULL = "tag:yaml.org,2002:null"
# steps that marshmallow adds for the keys and the values of a Dict
DICT_STEPS = ("key", "value")
# marshmallow's sentences, in the words of who writes the files
SENTENCES = {
    "Missing data for required field.": "is missing",
    "Field may not be null.": "must not be empty",
    "Shorter than minimum length 1.": "must not be empty",
    "Unknown field.": "is not a known field",
    "Invalid input type.": "must hold fields and values",
    "Invalid type.": "must hold fields and values",
    "Not a valid mapping type.": "must hold fields and values",
    "Not a valid list.": "must be a list",
    "Not a valid string.": "must be text",
    "Not a valid integer.": "must be a whole number",
    "Not a valid date.": "must be a day, as 2026-05-31",
    "Not a valid email address.": "must be an e-mail address",
    "Not a valid URL.": "must be an https address",
    "Not a valid aware datetime.": "must be a date and time with its zone",
    "Not a valid datetime.": "must be a date and time with its zone",
}


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend: `profile.yaml:12: seat.lines: is missing`."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: "
        return f"{place}{self.field}: {self.message}" if self.field else f"{place}{self.message}"


class YamlSource:
    """A text in YAML: `plain` is its data, `faults` what could not be read of it."""

    def __init__(self, file: str, text: str, first_line: int = 1) -> None:
        self.file = file
        self.plain: Any = {}
        self.faults: list[Fault] = []
        self._first_line = first_line
        self._lines: dict[Path_, int] = {(): first_line}
        try:
            node = YAML(typ="rt", pure=True).compose(text)
        except MarkedYAMLError as error:
            self._refuse((), f"not YAML: {error.problem}", _line_of(error))
        except YAMLError as error:
            self._refuse((), f"not YAML: {error}", 0)
        else:
            self._take(node)

    def describe(self, messages: Any) -> Iterator[Fault]:
        """Yield a fault for each of marshmallow's nested messages."""
        for path, message in _walk(messages, ()):
            yield Fault(self.file, self._line(path), _write(path), _sentence(message))

    def _take(self, node: Node | None) -> None:
        if isinstance(node, MappingNode):
            self.plain = self._plain(node, ())
        else:
            self._refuse((), "must hold fields and values", 0)

    def _plain(self, node: Node, path: Path_) -> Any:
        self._lines.setdefault(path, node.start_mark.line + self._first_line)
        if isinstance(node, ScalarNode):
            return None if node.tag == NULL else str(node.value).strip()
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        return [self._plain(part, (*path, number)) for number, part in enumerate(node.value)]

    def _mapping(self, node: MappingNode, path: Path_) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line
            if name in found:
                self._refuse((*path, name), "is given twice", line)
            self._lines[*path, name] = line + self._first_line
            found[name] = self._plain(value, (*path, name))
        return found

    def _refuse(self, path: Path_, message: str, line: int) -> None:
        self.faults.append(Fault(self.file, line + self._first_line, _write(path), message))

    def _line(self, path: Path_) -> int:
        """Return the line of the nearest part that exists."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]


def _line_of(error: MarkedYAMLError) -> int:
    """Return the line to mend: where an unclosed `[` or `{` opens, else where reading stopped."""
    unclosed = "flow" in (error.context or "")
    mark = error.context_mark if unclosed else error.problem_mark or error.context_mark
    return mark.line if mark else 0


def _walk(messages: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(messages, Mapping):
        for key, found in messages.items():
            silent = key == "_schema" or key in DICT_STEPS
            yield from _walk(found, path if silent else (*path, key))
    elif isinstance(messages, list):
        for found in messages:
            yield from _walk(found, path)
    else:
        yield path, str(messages)


def _write(path: Path_) -> str:
    written = ""
    for step in path:
        written += f"[{step}]" if isinstance(step, int) else f".{step}" if written else step
    return written


def _sentence(message: str) -> str:
    known = SENTENCES.get(message)
    return known if known else (message[:1].lower() + message[1:]).rstrip(".")
