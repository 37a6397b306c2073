"""What a draft changes in the version in force: part by part, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.procedures.editing.places import Path, place_in_words

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"
MOST = 200


def compare_documents(
    former: Mapping[str, Any], present: Mapping[str, Any], language: str
) -> list[dict[str, Any]]:
    """Return `{change, where, before, after}` of each part that differs, in reading order.

    Items that have an `id` or a `value` are followed by it: one that moved is said once.
    """
    found = []
    for change, path, document, before, after in _compare(former, present, (), former, present):
        where = place_in_words(document, path, language)
        found.append(
            {
                "change": change,
                "path": list(path),
                "where": where,
                "before": shown(before),
                "after": shown(after),
            }
        )
    return found[:MOST]


Found = tuple[str, Path, Any, Any, Any]


def _compare(former: Any, present: Any, path: Path, old: Any, new: Any) -> Iterator[Found]:
    """Yield (change, path, the document that the path is of, before, after)."""
    if former == present:
        return
    if isinstance(former, Mapping) and isinstance(present, Mapping):
        for key in [*former, *(key for key in present if key not in former)]:
            if key not in present:
                yield REMOVED, (*path, key), old, former[key], None
            elif key not in former:
                yield ADDED, (*path, key), new, None, present[key]
            else:
                yield from _compare(former[key], present[key], (*path, key), old, new)
    elif _named(former) and _named(present):
        yield from _compare_items(former, present, path, old, new)
    else:
        yield CHANGED, path, new, former, present


def _compare_items(former: Any, present: Any, path: Path, old: Any, new: Any) -> Iterator[Found]:
    before, after = _by_name(former), _by_name(present)
    for name, (place, item) in before.items():
        if name not in after:
            yield REMOVED, (*path, place), old, item, None
    kept = [name for name in before if name in after]
    order = [name for name in after if name in before]
    for name, (place, item) in after.items():
        if name not in before:
            yield ADDED, (*path, place), new, None, item
            continue
        if kept.index(name) != order.index(name):
            yield MOVED, (*path, place), new, kept.index(name) + 1, order.index(name) + 1
        yield from _compare_at(before[name], (place, item), path, old, new)


def _compare_at(
    before: tuple[int, Any], after: tuple[int, Any], path: Path, old: Any, new: Any
) -> Iterator[Found]:
    """Compare one item; what is said of the former document keeps the former place."""
    for change, place, document, was, now in _compare(before[1], after[1], (), old, new):
        number = before[0] if document is old else after[0]
        yield change, (*path, number, *place), document, was, now


def _named(part: Any) -> bool:
    if not isinstance(part, list):
        return False
    names = [_name(item) for item in part]
    return None not in names and len(set(names)) == len(names)


def _name(item: Any) -> str | None:
    found = item.get("id", item.get("value")) if isinstance(item, Mapping) else None
    return found if isinstance(found, str) else None


def _by_name(items: list[Any]) -> dict[str, tuple[int, Any]]:
    return {str(_name(item)): (place, item) for place, item in enumerate(items)}


def shown(value: Any) -> str:
    """Return a value in one readable line; the parts of a whole one after the other."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        if set(value) <= {"fr", "en"}:
            return " / ".join(shown(value[key]) for key in ("fr", "en") if key in value)
        return " · ".join(f"{key}: {shown(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(shown(part) for part in value)
    return str(value)
