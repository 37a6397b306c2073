"""The promises of docs/promises.yaml, and the tests that say they prove them."""

from collections.abc import Iterable
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.support.environment import REPOSITORY


def promises() -> dict[str, str]:
    """Return the title of each promise by id, in the order of docs/promises.yaml."""
    areas: dict[str, dict[str, str]] = YAML(typ="safe").load(REPOSITORY / "docs" / "promises.yaml")
    return {id_: title for area in areas.values() for id_, title in area.items()}


def proofs(items: Iterable[Any]) -> dict[str, list[str]]:
    """Return, for each promise, the tests among `items` that name it (without parameters).

    pytest.UsageError: a test names a promise that does not exist.
    """
    known = promises()
    found: dict[str, list[str]] = {id_: [] for id_ in known}
    for item in items:
        name = item.nodeid.partition("[")[0].partition("@")[0]
        for id_ in (id_ for marker in item.iter_markers("promise") for id_ in marker.args):
            if id_ not in known:
                raise pytest.UsageError(
                    f"{name}: there is no promise {id_!r} in docs/promises.yaml"
                )
            if name not in found[id_]:
                found[id_].append(name)
    return found


def report(items: Iterable[Any]) -> list[str]:
    """Return the lines of `make promises`."""
    found = proofs(items)
    lines = []
    for id_, title in promises().items():
        lines.append(f"{id_}  {title}")
        lines += [f"        {name}" for name in found[id_]] or ["        (no test yet)"]
    proved = sum(1 for names in found.values() if names)
    return [*lines, f"{proved} of {len(found)} promises have a test."]
