"""What a schema cannot see in a procedure file: doubled ids, and names that nothing bears."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from services.procedures.catalogue.yaml_files import Fault, Path_, YamlFile


@dataclass(frozen=True)
class KnownNames:
    """What definitions may name."""

    services: frozenset[str]
    counters: frozenset[str]
    themes: frozenset[str]
    audiences: frozenset[str]


def check_names(file: YamlFile, known: KnownNames) -> Iterator[Fault]:
    """Yield the faults of one file, whatever its shape."""
    document = file.plain
    if isinstance(document.get("id"), str) and document["id"] != PurePath(file.name).stem:
        yield file.fault(("id",), "must be the file's name without .yaml")
    yield from _unknown(file, ("service",), known.services, "service of the authority profile")
    yield from _each_unknown(file, ("themes",), known.themes, "theme of _vocabulary.yaml")
    yield from _each_unknown(file, ("audiences",), known.audiences, "audience of _vocabulary.yaml")
    counters = ("traditional", "counters")
    yield from _each_unknown(file, counters, known.counters, "counter of the authority profile")
    yield from _doubled(file, list(_ids(document, ("documents",))))
    yield from _doubled(file, list(_ids(document, ("form", "pages"))))
    yield from _doubled(file, list(_field_ids(document)))
    joined = frozenset(name for _, name in _ids(document, ("documents",)))
    for path, _ in _field_ids(document):
        yield from _unknown(file, (*path[:-1], "document"), joined, "document of the procedure")
    for path, _ in _field_ids(document):
        yield from _doubled(file, list(_ids(document, (*path[:-1], "options"), "value")))


def _unknown(file: YamlFile, path: Path_, known: frozenset[str], kind: str) -> Iterator[Fault]:
    found = _at(file.plain, path)
    if isinstance(found, str) and found not in known:
        yield file.fault(path, f"{found!r} is no {kind}; there are {', '.join(sorted(known))}")


def _each_unknown(file: YamlFile, path: Path_, known: frozenset[str], kind: str) -> Iterator[Fault]:
    found = _at(file.plain, path)
    for number in range(len(found) if isinstance(found, list) else 0):
        yield from _unknown(file, (*path, number), known, kind)


def _doubled(file: YamlFile, ids: list[tuple[Path_, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, name in ids:
        if name in seen:
            yield file.fault(path, f"{name!r} is given twice")
        seen.add(name)


def _field_ids(document: Any) -> Iterator[tuple[Path_, str]]:
    """Yield the ids of all fields: unique in the whole form, since answers are stored by them."""
    pages = _at(document, ("form", "pages"))
    for number in range(len(pages) if isinstance(pages, list) else 0):
        fields = ("form", "pages", number, "fields")
        yield from _ids(document, fields)
        parts = _at(document, fields)
        for place in range(len(parts) if isinstance(parts, list) else 0):
            yield from _ids(document, (*fields, place, "fields"))


def _ids(document: Any, path: Path_, key: str = "id") -> Iterator[tuple[Path_, str]]:
    items = _at(document, path)
    for number, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, dict) and isinstance(item.get(key), str):
            yield (*path, number, key), item[key]


def _at(part: Any, path: Path_) -> Any:
    for step in path:
        try:
            part = part[step]
        except (KeyError, IndexError, TypeError):
            return None
    return part
