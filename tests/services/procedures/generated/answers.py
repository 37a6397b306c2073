"""Hypothesis strategies derived from the definitions: right answers."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from stdnum import luhn
from stdnum.iso7064 import mod_97_10

from services.procedures.forms.composites import parts_of
from services.procedures.forms.model import COMPOSITE_TYPES, FieldType, Form, FormField

COMMUNES = ("30189", "30258", "30047")
LETTERS = st.text("abcdefghijklmnopqrstuvwxyzéèàç '-", min_size=2, max_size=20).map(
    lambda typed: f"A{typed}z"
)
PLATE_LETTERS = "ABCDEFGHJKLMNPQRTVWXYZ"


def _siret(digits: str) -> str:
    return digits + luhn.calc_check_digit(digits)


def _sirets() -> st.SearchStrategy[str]:
    def whole(parts: tuple[str, str]) -> str:
        siren = parts[0] + luhn.calc_check_digit(parts[0])
        return _siret(siren + parts[1])

    first = st.text("123456789", min_size=8, max_size=8)
    return st.tuples(first, st.text("0123456789", min_size=4, max_size=4)).map(whole)


def _ibans() -> st.SearchStrategy[str]:
    """French account numbers whose own key is right too."""

    def whole(parts: tuple[int, int, int]) -> str:
        bank, branch, account = parts
        key = 97 - (89 * bank + 15 * branch + 3 * account) % 97
        bban = f"{bank:05d}{branch:05d}{account:011d}{key:02d}"
        return f"FR{mod_97_10.calc_check_digits(bban + '1527')}{bban}"

    figures = st.integers(0, 99_999)
    return st.tuples(figures, figures, st.integers(0, 99_999_999_999)).map(whole)


def _days(field: FormField, today: date) -> st.SearchStrategy[str]:
    def bound(limit: Any, otherwise: date) -> date:
        if limit is None:
            return otherwise
        return today if limit == "today" else date.fromisoformat(str(limit))

    first = bound(field.min, today - timedelta(days=20_000))
    last = bound(field.max, today + timedelta(days=700))
    written = st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y"])
    return st.builds(date.strftime, st.dates(first, last), written)


def _whole(field: FormField) -> st.SearchStrategy[int]:
    low = field.min if isinstance(field.min, int) else 0
    return st.integers(low, field.max if isinstance(field.max, int) else low + 10_000)


def right_answer(field: FormField, today: date) -> st.SearchStrategy[Any]:
    """Return answers that a field takes, as people type them."""
    values = [option.value for option in field.options]
    simple: Mapping[FieldType, Callable[[], st.SearchStrategy[Any]]] = {
        FieldType.TEXT: lambda: LETTERS,
        FieldType.LONG_TEXT: lambda: st.text("abc déf\n", min_size=1, max_size=80).map(
            lambda t: f"x{t}"
        ),
        FieldType.INTEGER: lambda: _whole(field).map(str),
        FieldType.DECIMAL: lambda: _whole(field).map(lambda n: f"{n},0"),
        FieldType.MONEY: lambda: _whole(field).map(lambda n: f"{n} €"),
        FieldType.DATE: lambda: _days(field, today),
        FieldType.TIME: lambda: st.times().map(lambda t: f"{t.hour}h{t.minute:02d}"),
        FieldType.EMAIL: lambda: st.just("manon.pagnol@example.org"),
        FieldType.PHONE: lambda: st.sampled_from(
            ["04 66 02 55 55", "+33612345678", "06.12.34.56.78"]
        ),
        FieldType.YES_NO: lambda: st.sampled_from(["yes", "no", "oui", "non"]),
        FieldType.POSTAL_CODE: lambda: st.integers(1000, 95999).map("{:05d}".format),
        FieldType.COMMUNE: lambda: st.sampled_from(COMMUNES),
        FieldType.CHOICE: lambda: st.sampled_from(values or [""]),
        FieldType.LINKED_CHOICE: lambda: st.sampled_from(values or [""]),
        FieldType.CHOICES: lambda: st.lists(
            st.sampled_from(values or [""]), min_size=1, unique=True
        ),
        FieldType.SIRET: lambda: _sirets(),
        FieldType.RNA: lambda: st.integers(0, 999_999_999).map("W{:09d}".format),
        FieldType.IBAN: lambda: _ibans(),
        FieldType.LICENCE_PLATE: lambda: st.builds(
            "{0}{1}-{2:03d}-{3}{1}".format,
            st.sampled_from(PLATE_LETTERS),
            st.sampled_from(PLATE_LETTERS),
            st.integers(1, 999),
            st.sampled_from(PLATE_LETTERS),
        ),
        FieldType.SIGNATURE: lambda: LETTERS,
    }
    if field.type is FieldType.GROUP:
        low = field.min if isinstance(field.min, int) else 0
        item = st.fixed_dictionaries({part.id: right_answer(part, today) for part in field.fields})
        return st.lists(item, min_size=low, max_size=low + 2)
    if field.type in COMPOSITE_TYPES:
        return _parts(field, today)
    return simple[field.type]()


def _parts(field: FormField, today: date) -> st.SearchStrategy[dict[str, Any]]:
    parts = st.fixed_dictionaries({part.id: right_answer(part, today) for part in parts_of(field)})
    if field.type is not FieldType.DATE_RANGE:
        return parts
    return parts.map(lambda found: {**found, "last": found["first"]})


def right_answers(form: Form, today: date) -> st.SearchStrategy[dict[str, dict[str, Any]]]:
    """Return whole forms, page by page; linked choices go with what they follow."""

    def linked(pages: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        flat = {name: value for page in pages.values() for name, value in page.items()}
        for page in form.pages:
            for field in page.asked:
                if field.follows is not None:
                    given = flat[field.follows]
                    fits = [o.value for o in field.options if given in (o.goes_with or (given,))]
                    pages[page.id][field.id] = fits[0]
        return pages

    pages = {
        page.id: st.fixed_dictionaries(
            {field.id: right_answer(field, today) for field in page.asked}
        )
        for page in form.pages
    }
    return st.fixed_dictionaries(pages).map(linked)
