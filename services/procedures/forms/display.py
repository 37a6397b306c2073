"""How stored answers and dates are written for a person."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import phonenumbers
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from services.procedures.forms.composites import parts_of
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


def decimal_number(number: Decimal, language: str) -> str:
    """Return e.g. `12,5` or `12.5`."""
    return format_decimal(number, locale=LOCALES.get(language, "fr_FR"), decimal_quantization=False)


def amount(cents: Decimal | int, language: str) -> str:
    """Return an amount in cents as e.g. `1 234,50 €`."""
    return format_currency(Decimal(cents) / 100, "EUR", locale=LOCALES.get(language, "fr_FR"))


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
    if field.type is FieldType.COMPUTED and field.result is not None:
        field = replace(field, type=field.result)
    if isinstance(value, dict):
        return _composite(field, value, language, communes)
    if field.type in (FieldType.CHOICE, FieldType.LINKED_CHOICE):
        return _option_label(field, value, language)
    if field.type is FieldType.COMMUNE:
        return (communes or {}).get(str(value), str(value))
    return _plain_value(field.type, value, language)


def _plain_value(kind: FieldType, value: Any, language: str) -> str:
    if kind is FieldType.YES_NO and isinstance(value, bool):
        return YES_NO["en" if language == "en" else "fr"][value]
    if kind is FieldType.INTEGER and isinstance(value, int):
        return whole_number(value, language)
    if kind is FieldType.DECIMAL:
        return decimal_number(Decimal(str(value)), language)
    if kind is FieldType.MONEY:
        return amount(int(value), language)
    if kind is FieldType.TIME and language != "en":
        return str(value).replace(":", " h ")
    if kind is FieldType.IBAN:
        return " ".join(str(value)[start : start + 4] for start in range(0, len(value), 4))
    if kind is FieldType.DATE:
        return long_date(date.fromisoformat(value), language)
    if kind is FieldType.PHONE:
        return _phone(str(value))
    return str(value)


def _composite(
    field: FormField, value: Mapping[str, Any], language: str, communes: Mapping[str, str] | None
) -> str:
    """Return the parts that were answered, e.g. `Madame Pagnol Manon` or an address on one line."""
    shown = [
        display_value(part, value.get(part.id), language, communes) for part in parts_of(field)
    ]
    if field.type is FieldType.DATE_RANGE:
        return (" – " if language == "en" else " au ").join(found for found in shown if found)
    joint = " " if field.type is FieldType.CIVIL_STATUS else ", "
    return joint.join(found for found in shown if found)


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
