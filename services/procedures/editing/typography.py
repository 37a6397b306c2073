"""French typography of a definition: what is wrong, and the same text mended."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

Path = tuple[str | int, ...]
NBSP = "\u00a0"
# in this order: each rule sees what the one before left
MENDS = (
    (re.compile(r"\u202f"), NBSP),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r'"([^"\n]*)"'), rf"«{NBSP}\1{NBSP}»"),
    (re.compile(rf"[ \t]*([;!?])(?=[\s)»{NBSP}]|\Z)"), rf"{NBSP}\1"),
    (re.compile(rf"[ \t]*:(?=[\s{NBSP}]|\Z)"), f"{NBSP}:"),
    (re.compile(rf"«[ \t{NBSP}]*"), f"«{NBSP}"),
    (re.compile(rf"[ \t{NBSP}]*»"), f"{NBSP}»"),
    (re.compile(r"(?<=\d) (?=(?:%|€|h\b|min\b|Mo\b|ko\b))"), NBSP),
    (re.compile(rf"{NBSP}{{2,}}"), NBSP),
    (re.compile(r"(?<=\S)  +(?=\S)"), " "),
)
# Markdown writes lists and addresses in its own way
UNTOUCHED = re.compile(r"https?://\S+|`[^`]*`|\]\([^)]*\)")


def mended(text: str) -> str:
    """Return a French text as it should be typeset; what is right is left as it is."""
    parts, end = [], 0
    for kept in UNTOUCHED.finditer(text):
        parts += [_mend(text[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join([*parts, _mend(text[end:])])


def texts_of(part: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text under a key `fr` or `en`, with its path."""
    if isinstance(part, Mapping):
        for key, value in part.items():
            if key in ("fr", "en") and isinstance(value, str):
                yield (*path, key), value
            else:
                yield from texts_of(value, (*path, key))
    elif isinstance(part, list):
        for number, value in enumerate(part):
            yield from texts_of(value, (*path, number))


def mend_french(part: Any) -> Any:
    """Return plain data with every text under a key `fr` mended."""
    if isinstance(part, Mapping):
        return {
            key: mended(value) if key == "fr" and isinstance(value, str) else mend_french(value)
            for key, value in part.items()
        }
    if isinstance(part, list):
        return [mend_french(value) for value in part]
    return part


def _mend(text: str) -> str:
    for pattern, right in MENDS:
        text = pattern.sub(right, text)
    return text
