"""`{{ profile.seat.city }}` in a legal text -> the words of the authority's profile.

A path goes through fields by their name, and through counters and services by their id. It must
end at words: a bilingual text is taken in the text's own language, lines are joined by commas.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from authority.profile import AuthorityProfile
from authority.text import Text

# the second part finds braces that belong to no pair
PLACEHOLDER = re.compile(r"\{\{([^{}\n]*)\}\}|\{\{|\}\}")
PATH = re.compile(r"profile(\.[a-z][a-z0-9_-]*)+", re.ASCII)


class UnknownPlaceholder(Exception):
    """A placeholder that leads to no words of the profile."""


def fill_placeholders(text: str, profile: AuthorityProfile, language: str) -> str:
    """Return the text with its placeholders filled; raise `UnknownPlaceholder` at the first fault.

    A value put in is not searched for placeholders again.
    """
    return PLACEHOLDER.sub(lambda found: _words(found, profile, language), text)


def find_unknown(text: str, profile: AuthorityProfile, language: str) -> Iterator[tuple[int, str]]:
    """Yield each placeholder that cannot be filled: its line from 0, and what is wrong."""
    for found in PLACEHOLDER.finditer(text):
        try:
            _words(found, profile, language)
        except UnknownPlaceholder as unknown:
            yield text.count("\n", 0, found.start()), str(unknown)


def _words(found: re.Match[str], profile: AuthorityProfile, language: str) -> str:
    path = (found[1] or "").strip()
    if not PATH.fullmatch(path):
        raise UnknownPlaceholder(f"{found[0]!r} is no placeholder, as {{{{ profile.seat.city }}}}")
    value: Any = profile
    for step in path.split(".")[1:]:
        value = _step(value, step, path)
    return _written(value, path, language)


def _step(value: Any, step: str, path: str) -> Any:
    if isinstance(value, Mapping) and step in value:
        return value[step]
    # fields only: no method, no property
    if step in getattr(value, "__dataclass_fields__", {}):
        return getattr(value, step)
    raise UnknownPlaceholder(f"the profile has no {step!r} of '{path}'")


def _written(value: Any, path: str, language: str) -> str:
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, tuple) and all(isinstance(line, str) for line in value):
        return ", ".join(value)
    raise UnknownPlaceholder(f"'{path}' leads to no words")
