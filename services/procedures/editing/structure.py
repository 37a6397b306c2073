"""Changes of a definition's plain data: what the forms of the editor do to a draft."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from services.procedures.editing.model import EditRefused
from services.procedures.editing.typography import mend_french

MOST_ITEMS = 200
# of the procedure itself, never of a draft of it
FIXED = frozenset({"id", "state", "suspension"})
Path = Sequence[str | int]


def apply_changes(document: Mapping[str, Any], changes: Sequence[Mapping[str, Any]]) -> Any:
    """Return the document after the changes, in their order; raise `EditRefused`.

    `set` puts a value at a path (null takes the key away), `insert` adds one at the end of the list
    at a path, `remove` takes an item or key away, `move` shifts an item by `by` places,
    `typography` mends the French of every text.
    """
    changed = deepcopy(dict(document))
    for change in changes:
        if change["op"] == "typography":
            changed = mend_french(changed)
            continue
        path = list(change["path"])
        if not path or path[0] in FIXED:
            raise EditRefused("This part is not changed here.")
        OPERATIONS[change["op"]](changed, path, change)
    return changed


def _set(document: Any, path: Path, change: Mapping[str, Any]) -> None:
    value = deepcopy(change["value"])
    holder = _holder(document, path, making=value is not None)
    last = path[-1]
    if isinstance(holder, dict) and isinstance(last, str):
        if value is None:
            holder.pop(last, None)
        else:
            holder[last] = value
    elif _has_item(holder, last) and value is not None:
        holder[last] = value
    elif holder is not None:
        raise EditRefused(f"There is no place {last!r}.")


def _insert(document: Any, path: Path, change: Mapping[str, Any]) -> None:
    holder = _holder(document, path, making=True)
    items = holder.get(path[-1]) if isinstance(holder, dict) else None
    if items is None and isinstance(holder, dict) and isinstance(path[-1], str):
        items = holder[path[-1]] = []
    if not isinstance(items, list) or len(items) >= MOST_ITEMS:
        raise EditRefused("Nothing more can be added here.")
    items.append(deepcopy(change["value"]))


def _remove(document: Any, path: Path, change: Mapping[str, Any]) -> None:
    holder = _holder(document, path, making=False)
    if not _has_item(holder, path[-1]):
        raise EditRefused("There is no such item.")
    del holder[path[-1]]


def _move(document: Any, path: Path, change: Mapping[str, Any]) -> None:
    holder = _holder(document, path, making=False)
    if not _has_item(holder, path[-1]):
        raise EditRefused("There is no such item.")
    place = int(path[-1])
    # at an end, it stays there: pressing once more does no harm
    target = min(max(place + change["by"], 0), len(holder) - 1)
    holder.insert(target, holder.pop(place))


OPERATIONS: Mapping[str, Callable[[Any, Path, Mapping[str, Any]], None]] = {
    "set": _set,
    "insert": _insert,
    "remove": _remove,
    "move": _move,
}


def _holder(document: Any, path: Path, *, making: bool) -> Any:
    """Return what holds the last step of a path; missing mappings are made when `making`."""
    part = document
    for step in path[:-1]:
        if isinstance(part, dict) and isinstance(step, str):
            if step not in part and not making:
                return None
            part = part.setdefault(step, {})
            if part is None:
                raise EditRefused(f"There is nothing in {step!r}.")
        elif _has_item(part, step):
            part = part[step]
        else:
            raise EditRefused(f"There is no {step!r}.")
    return part


def _has_item(part: Any, step: Any) -> bool:
    return isinstance(part, list) and isinstance(step, int) and 0 <= step < len(part)
