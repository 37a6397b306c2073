"""An answer as plain text: trimmed, in one Unicode form, without characters that deceive."""

import re
import unicodedata
from typing import Any

from services.procedures.forms.cleaning import AnswerRefused
from services.procedures.forms.model import FieldType, FormField

# far above any limit of a field: what is longer is not even normalised
RAW_LIMIT = 100_000
SHORT_LIMIT = 100
# they reorder the text around them: they have no use in an answer and can disguise one
BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")


def plain_text(field: FormField, raw: Any) -> str:
    """Return the answer trimmed, in NFC, with the characters and the length that fit the field."""
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise AnswerRefused("wrong-shape")
    limit = field.length_limit or SHORT_LIMIT
    if len(raw) > RAW_LIMIT:
        raise AnswerRefused("too-long", limit=limit, length=len(raw))
    text = BIDI_CONTROLS.sub("", unicodedata.normalize("NFC", _line_ends(raw))).strip()
    text = text if field.type is FieldType.LONG_TEXT else text.replace("\t", " ")
    if any(_forbidden(character, field.type) for character in text):
        raise AnswerRefused("control-character")
    if len(text) > limit:
        raise AnswerRefused("too-long", limit=limit, length=len(text))
    return text


def _line_ends(raw: str) -> str:
    return raw.replace("\r\n", "\n").replace("\r", "\n")


def _forbidden(character: str, kind: FieldType) -> bool:
    if kind is FieldType.LONG_TEXT and character in "\n\t":
        return False
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
