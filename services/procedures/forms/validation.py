"""A page's answers: what was typed becomes values and errors. Nothing typed makes it raise."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.procedures.forms.cleaning import CLEANERS, AnswerRefused, Setting
from services.procedures.forms.messages import message_for
from services.procedures.forms.model import FieldType, FormField, FormPage

# far above any limit of a field: what is longer is not even normalised
RAW_LIMIT = 100_000
SHORT_LIMIT = 100
MAX_CHOICES = 500
# they reorder the text around them: they have no use in an answer and can disguise one
BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class FieldError:
    """A fault of one answer; `code` is stable, `message` is in the person's language."""

    field: str
    code: str
    message: str


@dataclass(frozen=True)
class CleanedPage:
    """Values by field id (JSON types; an optional field left empty has none), and the errors.

    Text, choice, commune (INSEE), postal code, e-mail: str. Phone: E.164. Date: ISO day.
    Integer: int. Yes or no: bool. Choices: list of str in the order of the options.
    """

    values: Mapping[str, Any]
    errors: tuple[FieldError, ...]


def clean_page(
    page: FormPage,
    raw: Mapping[str, Any],
    language: str,
    communes: Mapping[str, str],
    today: date,
) -> CleanedPage:
    """Clean the answers to a page; keys that are no field of it are ignored.

    `communes` maps INSEE codes to names; `today` is the day in the authority's time zone.
    """
    setting = Setting(language, communes, today)
    values: dict[str, Any] = {}
    errors: list[FieldError] = []
    for field in page.questions:
        try:
            value = clean_answer(field, raw.get(field.id), setting)
        except AnswerRefused as refused:
            message = message_for(field, refused.code, language, **refused.figures)
            errors.append(FieldError(field.id, refused.code, message))
        else:
            if value is not None:
                values[field.id] = value
    return CleanedPage(values, tuple(errors))


def clean_answer(field: FormField, raw: Any, setting: Setting) -> Any:
    """Return the value of one answer, None when it is optional and empty; or AnswerRefused."""
    if field.type is FieldType.CHOICES:
        return _clean_choices(field, raw)
    text = _plain_text(field, raw)
    if text:
        return CLEANERS[field.type](field, text, setting)
    if field.required:
        raise AnswerRefused("required")
    return None


def _plain_text(field: FormField, raw: Any) -> str:
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


def _clean_choices(field: FormField, raw: Any) -> list[str] | None:
    chosen = [raw] if isinstance(raw, str) else raw or []
    if not isinstance(chosen, list) or len(chosen) > MAX_CHOICES:
        raise AnswerRefused("wrong-shape")
    if not all(isinstance(value, str) for value in chosen):
        raise AnswerRefused("wrong-shape")
    known = [option.value for option in field.options]
    if not set(chosen) - {""} <= set(known):
        raise AnswerRefused("unknown-choice")
    if field.required and not any(chosen):
        raise AnswerRefused("required")
    return [value for value in known if value in chosen] or None
