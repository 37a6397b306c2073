"""From what a person typed in one field to what is stored, or the reason why not."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from services.procedures.forms.display import amount, decimal_number, long_date, whole_number
from services.procedures.forms.identifiers import read_iban, read_plate, read_rna, read_siret
from services.procedures.forms.model import TODAY, FieldType, FormField

DECIMAL = re.compile(r"([+-]?[0-9]{1,15})(?:[.,]([0-9]{1,12}))?")
TIME = re.compile(r"([0-9]{1,2}) ?(?:[:hH]) ?([0-9]{2})?")
INTEGER = re.compile(r"([+-]?)([0-9]{1,15})")
ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
FRENCH_DATE = re.compile(r"([0-9]{1,2}) ?[/.\- ] ?([0-9]{1,2}) ?[/.\- ] ?([0-9]{4})")
POSTAL_CODE = re.compile(r"[0-9]{5}")
CENT_PLACES = 2
SIGNATURE_LETTERS = 2
YES = frozenset({"yes", "oui", "true"})
NO = frozenset({"no", "non", "false"})


class AnswerRefused(Exception):
    """An answer cannot be kept: `code` is a key of `messages.MESSAGES`, `figures` fill it."""

    def __init__(self, code: str, **figures: object) -> None:
        super().__init__(code)
        self.code = code
        self.figures = figures


@dataclass(frozen=True)
class Setting:
    """What cleaning depends on: language, communes (INSEE code -> name), the authority's day."""

    language: str
    communes: Mapping[str, str]
    today: date


Cleaner = Callable[[FormField, str, Setting], Any]


def _keep(field: FormField, text: str, setting: Setting) -> str:
    return text


def _integer(field: FormField, text: str, setting: Setting) -> int:
    found = INTEGER.fullmatch(re.sub(r"\s", "", text).replace("−", "-"))
    if found is None:
        raise AnswerRefused("not-an-integer")
    number = int(found[1] + found[2])
    if isinstance(field.min, int) and number < field.min:
        raise AnswerRefused("too-small", limit=whole_number(field.min, setting.language))
    if isinstance(field.max, int) and number > field.max:
        raise AnswerRefused("too-large", limit=whole_number(field.max, setting.language))
    return number


def _decimal(field: FormField, text: str, setting: Setting) -> str:
    number = _read_decimal(text)
    if number is None:
        raise AnswerRefused("not-a-number")
    _check_decimals(number, field.decimals)
    _check_bounds(field, number, setting, lambda limit: decimal_number(limit, setting.language))
    return format(number, "f")


def _money(field: FormField, text: str, setting: Setting) -> int:
    number = _read_decimal(text.replace("€", "").replace("EUR", ""))
    if number is None:
        raise AnswerRefused("not-an-amount")
    _check_decimals(number, CENT_PLACES)
    _check_bounds(field, number, setting, lambda limit: amount(limit * 100, setting.language))
    return int(number * 100)


def _read_decimal(text: str) -> Decimal | None:
    compact = re.sub(r"\s", "", text).replace("−", "-")
    if found := DECIMAL.fullmatch(compact):
        return Decimal(f"{found[1]}.{found[2] or 0}").normalize() + 0
    return None


def _check_decimals(number: Decimal, most: int) -> None:
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > most:
        raise AnswerRefused("too-precise", limit=most)


def _check_bounds(
    field: FormField, number: Decimal, setting: Setting, write: Callable[[Decimal], str]
) -> None:
    if isinstance(field.min, int) and number < field.min:
        raise AnswerRefused("too-small", limit=write(Decimal(field.min)))
    if isinstance(field.max, int) and number > field.max:
        raise AnswerRefused("too-large", limit=write(Decimal(field.max)))


def _time(field: FormField, text: str, setting: Setting) -> str:
    found = TIME.fullmatch(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise AnswerRefused("not-a-time")
    return f"{hour:02d}:{minute:02d}"


def _identifier(read: Callable[[str], str | None], code: str) -> "Cleaner":
    def clean(field: FormField, text: str, setting: Setting) -> str:
        found = read(text)
        if found is None:
            raise AnswerRefused(code)
        return found

    return clean


def _signature(field: FormField, text: str, setting: Setting) -> str:
    if sum(letter.isalpha() for letter in text) < SIGNATURE_LETTERS:
        raise AnswerRefused("not-a-signature")
    return text


def _date(field: FormField, text: str, setting: Setting) -> str:
    day = read_date(text)
    if day is None:
        raise AnswerRefused("not-a-date")
    first, last = _bound(field.min, setting), _bound(field.max, setting)
    if first is not None and day < first:
        raise AnswerRefused("too-early", limit=long_date(first, setting.language))
    if last is not None and day > last:
        raise AnswerRefused("too-late", limit=long_date(last, setting.language))
    return day.isoformat()


def read_date(text: str) -> date | None:
    """Return the day written as 1990-07-14 or 14/07/1990, or None."""
    if found := ISO_DATE.fullmatch(text):
        year, month, day = found.groups()
    elif found := FRENCH_DATE.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _bound(limit: int | str | None, setting: Setting) -> date | None:
    if limit is None:
        return None
    return setting.today if limit == TODAY else date.fromisoformat(str(limit))


def _email(field: FormField, text: str, setting: Setting) -> str:
    """Check the syntax only: the domain's mail server may be down this minute."""
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise AnswerRefused("not-an-email") from None
    return found.ascii_email or found.normalized


def _phone(field: FormField, text: str, setting: Setting) -> str:
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        raise AnswerRefused("not-a-phone") from None
    if not phonenumbers.is_valid_number(number):
        raise AnswerRefused("not-a-phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _postal_code(field: FormField, text: str, setting: Setting) -> str:
    compact = re.sub(r"\s", "", text)
    if POSTAL_CODE.fullmatch(compact) is None:
        raise AnswerRefused("not-a-postal-code")
    return compact


def _choice(field: FormField, text: str, setting: Setting) -> str:
    if all(option.value != text for option in field.options):
        raise AnswerRefused("unknown-choice")
    return text


def _yes_no(field: FormField, text: str, setting: Setting) -> bool:
    answer = text.casefold()
    if answer not in YES | NO:
        raise AnswerRefused("unknown-choice")
    return answer in YES


def _commune(field: FormField, text: str, setting: Setting) -> str:
    if text not in setting.communes:
        raise AnswerRefused("unknown-commune")
    return text


CLEANERS: Mapping[FieldType, Cleaner] = {
    FieldType.TEXT: _keep,
    FieldType.LONG_TEXT: _keep,
    FieldType.INTEGER: _integer,
    FieldType.DATE: _date,
    FieldType.EMAIL: _email,
    FieldType.PHONE: _phone,
    FieldType.POSTAL_CODE: _postal_code,
    FieldType.CHOICE: _choice,
    FieldType.YES_NO: _yes_no,
    FieldType.COMMUNE: _commune,
    FieldType.DECIMAL: _decimal,
    FieldType.MONEY: _money,
    FieldType.TIME: _time,
    FieldType.LINKED_CHOICE: _choice,
    FieldType.SIRET: _identifier(read_siret, "not-a-siret"),
    FieldType.RNA: _identifier(read_rna, "not-an-rna"),
    FieldType.IBAN: _identifier(read_iban, "not-an-iban"),
    FieldType.LICENCE_PLATE: _identifier(read_plate, "not-a-plate"),
    FieldType.SIGNATURE: _signature,
}
