"""YAML files as plain JSON data, with the line of every part, and faults that name it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from chassis.validation import is_storable
from services.procedures.catalogue.strict_yaml import hostile_parts

MAX_TOLD = 20
Path_ = tuple[str | int, ...]

# marshmallow's sentences, in the words of who writes the files
SENTENCES = {
    "Missing data for required field.": "is missing",
    "Field may not be null.": "must not be empty",
    "Unknown field.": "is not a known key",
    "Invalid input type.": "must hold keys and values",
    "Invalid type.": "must hold keys and values",
    "Not a valid list.": "must be a list",
    "Not a valid string.": "must be text",
    "Not a valid integer.": "must be a whole number",
    "Not a valid date.": "must be a day, as 2026-05-31",
    "Shorter than minimum length 1.": "must not be empty",
}


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend: `file.yaml:12: form.pages[0].id: is missing`."""

    file: str
    line: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: "
        return f"{place}{self.path}: {self.message}" if self.path else f"{place}{self.message}"


class UnreadableFile(Exception):
    """A file that is not YAML, not a mapping, or hostile; `faults` say where."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class YamlFile:
    """A file's content: `plain` as JSON data, and where each part of it stands."""

    def __init__(self, name: str, tree: CommentedMap) -> None:
        self.name = name
        self._tree = tree
        self.plain: dict[str, Any] = _plain(tree)

    def fault(self, path: Path_, message: str) -> Fault:
        """Make a fault at a path; the line is that of its nearest part that exists."""
        return Fault(self.name, self._line(path), write_path(path), message)

    def faults(self, messages: Any) -> Iterator[Fault]:
        """Yield the faults of marshmallow's nested messages."""
        for path, message in walk_messages(messages):
            yield self.fault(path, message)

    def _line(self, path: Path_) -> int:
        part: Any = self._tree
        line = part.lc.line
        for step in path:
            try:
                places = part.lc.key if isinstance(part, CommentedMap) else part.lc.item
                line, part = places(step)[0], part[step]
            except (AttributeError, KeyError, IndexError, TypeError):
                break
        return int(line) + 1


def read_yaml(file: Path) -> YamlFile:
    """Read a YAML 1.2 file that holds a mapping, or raise `UnreadableFile`."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFile([Fault(file.name, 1, "", f"not YAML: {error}")]) from None
    except OSError as error:
        raise UnreadableFile([Fault(file.name, 1, "", str(error.strerror))]) from None
    return read_yaml_text(file.name, text)


def read_yaml_text(name: str, text: str) -> YamlFile:
    """Read what was typed or sent as a file of that name, or raise `UnreadableFile`."""
    try:
        refused = [Fault(name, line, "", reason) for line, reason in hostile_parts(text)]
        if refused:
            raise UnreadableFile(refused[:MAX_TOLD])
        tree = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UnreadableFile([Fault(name, line, "", f"not YAML: {error.problem}")]) from None
    except (YAMLError, ValueError, OverflowError) as error:
        raise UnreadableFile([Fault(name, 1, "", f"not YAML: {error}")]) from None
    if not isinstance(tree, CommentedMap):
        raise UnreadableFile([Fault(name, 1, "", "must hold keys and values")])
    file = YamlFile(name, tree)
    unstorable = [file.fault(path, "holds a forbidden character") for path in _odd(file.plain)]
    if unstorable:
        raise UnreadableFile(unstorable[:MAX_TOLD])
    return file


def _odd(part: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Yield where a text holds what PostgreSQL cannot store."""
    if isinstance(part, dict):
        for key, value in part.items():
            if is_storable(key):
                yield from _odd(value, (*path, key))
            else:
                yield path
    elif isinstance(part, list):
        for number, value in enumerate(part):
            yield from _odd(value, (*path, number))
    elif isinstance(part, str) and not is_storable(part):
        yield path


def write_path(path: Path_) -> str:
    """Write a path as `form.pages[0].fields[2].type`."""
    written = ""
    for step in path:
        written += f"[{step}]" if isinstance(step, int) else f".{step}" if written else step
    return written


def walk_messages(messages: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Yield the path and sentence of each of marshmallow's messages."""
    if isinstance(messages, Mapping):
        for key, found in messages.items():
            yield from walk_messages(found, path if key == "_schema" else (*path, key))
    elif isinstance(messages, list):
        for found in messages:
            yield from walk_messages(found, path)
    else:
        yield path, _sentence(str(messages))


def _sentence(message: str) -> str:
    known = SENTENCES.get(message)
    return known if known else (message[:1].lower() + message[1:]).rstrip(".")


def _plain(part: Any) -> Any:
    if isinstance(part, CommentedMap):
        return {str(key): _plain(value) for key, value in part.items()}
    if isinstance(part, CommentedSeq):
        return [_plain(value) for value in part]
    if isinstance(part, bool) or part is None:
        return part
    if isinstance(part, str):
        return str(part).strip()
    if isinstance(part, int):
        return int(part)
    return part.isoformat() if isinstance(part, date) else str(part)
