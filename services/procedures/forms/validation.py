"""A page's answers: what was typed becomes values and errors. Nothing typed makes it raise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.procedures.forms.cleaning import CLEANERS, AnswerRefused, Setting
from services.procedures.forms.messages import message_for
from services.procedures.forms.model import FieldType, FormField
from services.procedures.forms.plain_text import plain_text

MAX_CHOICES = 500


@dataclass(frozen=True)
class FieldError:
    """A fault of one answer; `code` is stable, `message` is in the person's language.

    `field` names a part of a composite or of a group's item with dots: `children.0.birth_date`.
    """

    field: str
    code: str
    message: str


@dataclass(frozen=True)
class CleanedPage:
    """Values by field id (JSON types; an optional field left empty has none), and the errors.

    Text, choice, commune (INSEE), postal code, e-mail: str. Phone: E.164. Date: ISO day.
    Integer: int. Decimal: str. Money: cents. Yes or no: bool. Time: HH:MM. Choices: list of str in
    the order of the options. Composite: object by part. Group: list of objects.
    """

    values: Mapping[str, Any]
    errors: tuple[FieldError, ...]


def clean_answer(field: FormField, raw: Any, setting: Setting, *, required: bool) -> Any:
    """Return the value of one simple answer, None when optional and empty; or AnswerRefused."""
    if field.type is FieldType.CHOICES:
        return _clean_choices(field, raw, required)
    text = plain_text(field, raw)
    if text:
        return CLEANERS[field.type](field, text, setting)
    if required:
        raise AnswerRefused("required")
    return None


def error_of(field: FormField, refused: AnswerRefused, language: str, path: str) -> FieldError:
    """Return the fault of an answer as its person reads it."""
    message = message_for(field, refused.code, language, **refused.figures)
    return FieldError(path, refused.code, message)


def _clean_choices(field: FormField, raw: Any, required: bool) -> list[str] | None:
    chosen = [raw] if isinstance(raw, str) else raw or []
    if not isinstance(chosen, list) or len(chosen) > MAX_CHOICES:
        raise AnswerRefused("wrong-shape")
    if not all(isinstance(value, str) for value in chosen):
        raise AnswerRefused("wrong-shape")
    known = [option.value for option in field.options]
    if not set(chosen) - {""} <= set(known):
        raise AnswerRefused("unknown-choice")
    if required and not any(chosen):
        raise AnswerRefused("required")
    return [value for value in known if value in chosen] or None
