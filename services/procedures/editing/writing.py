"""A definition written as YAML: keys in the order of the documentation, the same data when read."""

import io
import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

# at every level; what is not here comes last, by name
KEYS = (
    *("id", "use", "kind", "type", "value", "unit", "title", "label", "purpose", "description"),
    *("intro", "help", "required", "ask", "show", "require", "options", "themes", "audiences"),
    *("keywords", "documents", "delay", "implicit_decision", "cost", "fee", "service"),
    *("traditional", "period", "personal_data", "retention_months", "payment", "partner", "form"),
    *("pages", "fields", "once", "yearly", "from", "to", "fr", "en"),
)
RANKS = {key: rank for rank, key in enumerate(KEYS)}
# lines that a literal block keeps to the letter
PLAIN_LINES = re.compile(
    r"(?:[^\s\x00-\x20\x7f-\xa0\u2028\u2029\ufeff][^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*\n?|\n)+\Z"
)
WORDS = re.compile(r"[\w’«»().,!?€/%–…\u00a0' -]+\Z")


def write_definition(document: Mapping[str, Any]) -> str:
    """Return the YAML of plain JSON data: reading it gives exactly the same data."""
    yaml = YAML(typ="rt")
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    written = io.StringIO()
    yaml.dump(_ordered(document), written)
    return written.getvalue()


def _ordered(part: Any) -> Any:
    if isinstance(part, Mapping):
        keys = sorted(part, key=lambda key: (RANKS.get(key, len(KEYS)), key))
        return {_text(key): _ordered(part[key]) for key in keys}
    if isinstance(part, list | tuple):
        return [_ordered(item) for item in part]
    return _text(part) if isinstance(part, str) else part


def _text(text: str) -> Any:
    """Choose the style that keeps a text to the letter and reads best."""
    if "\n" in text and PLAIN_LINES.match(text):
        return LiteralScalarString(text)
    if WORDS.match(text) and text[0].isalpha() and text[-1] != " ":
        return text  # ruamel quotes what would be read as something else
    return DoubleQuotedScalarString(text)
