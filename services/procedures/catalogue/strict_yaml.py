"""What a procedure's YAML may not hold: every part of it stands for what is written, no more.

Looked at before anything is built: a few lines of aliases would otherwise stand for gigabytes, a
tag for an object, a deep nesting for the end of the stack.
"""

import re
from collections.abc import Iterator
from datetime import date

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
)

MAX_BYTES = 200_000
MAX_DEPTH = 20
MAX_PARTS = 20_000
DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?=\Z|[Tt \t])")
LONGEST_NUMBER = 30
NUMBER = re.compile(r"[-+0-9][0-9A-Fa-f_xo.]*\Z")


def hostile_parts(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line (from 1) and the reason of each thing refused; stops at what is endless."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        yield 1, f"is longer than {MAX_BYTES} bytes"
        return
    depth = 0
    for number, event in enumerate(YAML(typ="rt").parse(text)):
        line = event.start_mark.line + 1
        depth += isinstance(event, CollectionStartEvent)
        depth -= isinstance(event, CollectionEndEvent)
        if depth > MAX_DEPTH or number > MAX_PARTS:
            yield line, "is nested too deeply" if depth > MAX_DEPTH else "has too many parts"
            return
        reason = _refused(event)
        if reason:
            yield line, reason


def _refused(event: Event) -> str:
    if isinstance(event, AliasEvent):
        return "may not hold an alias (*name): write the value again"
    if not isinstance(event, NodeEvent):
        return ""
    if event.anchor is not None:
        return "may not hold an anchor (&name): write the value where it is needed"
    if getattr(event, "tag", None) is not None:
        return "may not hold a tag (!name)"
    return _odd_scalar(event.value) if isinstance(event, ScalarEvent) and event.implicit[0] else ""


def _odd_scalar(value: str) -> str:
    """Say what is wrong with a word without quotes that would be read as a day or a number."""
    if len(value) > LONGEST_NUMBER and NUMBER.match(value):
        return "holds a number beyond any sense: put it in quotes if it is text"
    found = DAY.match(value)
    if found is None:
        return ""
    try:
        date(*map(int, found[0].split("-")))
    except ValueError:
        return f"{value[:40]!r} is no day that exists"
    return ""
