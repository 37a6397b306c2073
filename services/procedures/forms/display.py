"""How stored answers and dates are written for a person."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import phonenumbers
from babel.dates import format_date
from babel.numbers import format_decimal

from services.procedures.forms.model import FieldType, FormField

LOCALES = {"fr": "fr_FR", "en": "en_GB"}
YES_NO = {"fr": {True: "Oui", False: "Non"}, "en": {True: "Yes", False: "No"}}
FRANCE = 33


def long_date(day: date, language: str) -> str:
    """Return e.g. `1er mai 2026` or `1 May 2026`."""
    written = format_date(day, "d MMMM y", locale=LOCALES.get(language, "fr_FR"))
    return "1er" + written[1:] if language != "en" and day.day == 1 else written


def day_and_month(month: int, day: int, language: str) -> str:
    """Return e.g. `1er mai` or `1 May`, for a period that comes back each year."""
    # the year is dropped from a leap one, so that 29 February can be written
    return long_date(date(2024, month, day), language).removesuffix(" 2024")


def whole_number(number: int, language: str) -> str:
    """Return e.g. `12 345` or `12,345`."""
    return format_decimal(number, locale=LOCALES.get(language, "fr_FR"))


def display_value(
    field: FormField, value: Any, language: str, communes: Mapping[str, str] | None = None
) -> str:
    """Return a stored answer as written for a person; empty when there is none.

    A value that the definition no longer knows (a withdrawn option) is shown as stored.
    """
    if value is None or value == "" or value == []:
        return ""
    if field.type is FieldType.CHOICES and isinstance(value, list):
        return ", ".join(_option_label(field, found, language) for found in value)
    if field.type is FieldType.CHOICE:
        return _option_label(field, value, language)
    if field.type is FieldType.COMMUNE:
        return (communes or {}).get(str(value), str(value))
    return _plain_value(field.type, value, language)


def _plain_value(kind: FieldType, value: Any, language: str) -> str:
    if kind is FieldType.YES_NO and isinstance(value, bool):
        return YES_NO["en" if language == "en" else "fr"][value]
    if kind is FieldType.INTEGER and isinstance(value, int):
        return whole_number(value, language)
    if kind is FieldType.DATE:
        return long_date(date.fromisoformat(value), language)
    if kind is FieldType.PHONE:
        return _phone(str(value))
    return str(value)


def _option_label(field: FormField, value: Any, language: str) -> str:
    for option in field.options:
        if option.value == value:
            return option.label.in_language(language)
    return str(value)


def _phone(value: str) -> str:
    """Return a French number in pairs of figures, any other with its country code."""
    try:
        number = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        return value
    national = number.country_code == FRANCE
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, style.NATIONAL if national else style.INTERNATIONAL)
