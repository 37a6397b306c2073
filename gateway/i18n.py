"""French and English: which one a visit reads, the catalogues, and how figures are written."""

from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.core import Locale, UnknownLocaleError, negotiate_locale
from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal
from babel.support import Translations

LANGUAGES = ("fr", "en")
DEFAULT = "fr"
LOCALE_FOLDER = Path(__file__).parent / "locale"
NO_BREAK = "\u00a0"
FIRST_OF_MONTH = "1er"


def choose_language(asked: str, kept: str, accepted: str) -> tuple[str, bool]:
    """Return the language and whether it was just chosen: address, then cookie, then browser."""
    if asked in LANGUAGES:
        return asked, asked != kept
    if kept in LANGUAGES:
        return kept, False
    wanted = [part.partition(";")[0].strip().replace("-", "_") for part in accepted.split(",")[:20]]
    return negotiate_locale([name for name in wanted if name], LANGUAGES) or DEFAULT, False


@lru_cache(maxsize=len(LANGUAGES))
def translations(language: str) -> Translations:
    """Return the catalogue of a language; French is what the messages are written in."""
    path = LOCALE_FOLDER / f"{language}.po"
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
    else:
        catalog = Catalog(locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


def date_long(value: str | date, language: str, zone: ZoneInfo) -> str:
    """Return `12 avril 2026`; an instant is the day that it was in `zone`."""
    day = _moment(value, zone)
    text = format_date(day, "d MMMM y", locale=_locale(language))
    if language == "fr" and day.day == 1:
        text = FIRST_OF_MONTH + text[1:]
    return text.replace(" ", NO_BREAK)


def datetime_long(value: str | datetime, language: str, zone: ZoneInfo) -> str:
    """Return `12 avril 2026 à 14 h 05`, in `zone`."""
    moment = _moment(value, zone)
    pattern = "H 'h' mm" if language == "fr" else "HH:mm"
    join = " à " if language == "fr" else " at "
    time = format_datetime(moment, pattern, locale=_locale(language)).replace(" ", NO_BREAK)
    return date_long(value, language, zone) + join + time


def month_long(value: str, language: str) -> str:
    """Return the month of an ISO day, e.g. `avril 2026`."""
    day = date.fromisoformat(value)
    return format_date(day, "MMMM y", locale=_locale(language)).replace(" ", NO_BREAK)


def decimal(number: float, language: str) -> str:
    """Return a number with one decimal at most, e.g. `4,5`."""
    return format_decimal(number, "#,##0.#", locale=_locale(language))


def money(cents: int, language: str) -> str:
    """Return integer cents as euros, e.g. `12,50 €`."""
    return format_currency(cents / 100, "EUR", locale=_locale(language))


def file_size(size: int, language: str) -> str:
    """Return bytes as a size that people read, e.g. `1,2 Mo`."""
    unit, divisor = ("Mo" if language == "fr" else "MB"), 1_000_000
    if size < 1_000_000:
        unit, divisor = ("ko" if language == "fr" else "kB"), 1_000
    number = max(size / divisor, 0.1)
    digits = "#,##0.#" if number < 10 else "#,##0"
    return format_decimal(number, digits, locale=_locale(language)) + NO_BREAK + unit


def _moment(value: str | date, zone: ZoneInfo) -> date:
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value[:10])
    return value.astimezone(zone) if isinstance(value, datetime) else value


@lru_cache(maxsize=len(LANGUAGES))
def _locale(language: str) -> Locale:
    try:
        return Locale.parse("en_GB" if language == "en" else language)
    except UnknownLocaleError:
        return Locale.parse(DEFAULT)
