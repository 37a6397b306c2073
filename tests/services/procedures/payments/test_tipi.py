"""The address of form mode, and the texts that the protocol takes."""

import pytest
from yarl import URL

from services.procedures.payments.tipi import (
    FormOrder,
    ReturnInvalid,
    amount_text,
    object_text,
    page_address,
    read_return,
)
from services.procedures.payments.typed_bill import is_email, read_amount

pytestmark = pytest.mark.promise("PAY-01")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Payer une facture d’eau", "Payer une facture d eau"),
        ("Régie n°3 – été", "Regie n3 ete"),
        ("aujourd'hui à Saint-Gilles", "aujourd hui a Saint Gilles"),
        ("<b>&amp;", "bamp"),
        ("x" * 200, "x" * 99),
        ("日本", ""),
    ],
)
def test_an_object_is_plain_letters_figures_and_spaces(text: str, expected: str) -> None:
    assert object_text(text) == expected


@pytest.mark.parametrize(("cents", "expected"), [(100, "100"), (1, "001"), (4590, "4590")])
def test_an_amount_is_cents_in_three_figures_at_least(cents: int, expected: str) -> None:
    assert amount_text(cents) == expected


def test_the_address_keeps_leading_zeros_and_escapes_what_it_must() -> None:
    order = FormOrder("006382", "2026", "REF123", "Eau", "100", "a+b@c.fr", "http://x/r?a=1&b", "T")
    address = URL(page_address("https://www.payfip.gouv.fr", order))
    assert str(address).startswith("https://www.payfip.gouv.fr/tpa/paiement.web?numcli=006382&")
    assert dict(address.query) == vars(order)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("45,90", 4590),
        ("45.9", 4590),
        ("45", 4500),
        (" 1 234,50 € ", 123450),
        ("1\u202f234,50", 123450),
        ("0,99", 99),
        ("", None),
        ("45,901", None),
        ("-45", None),
        ("4e3", None),
        ("٤٥", None),
        ("45,", None),
        ("12345678", None),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, cents: int | None) -> None:
    assert read_amount(typed) == cents


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("nom@exemple.fr", True),
        ("a@b.fr", True),
        ("a@b.f", False),
        ("a@@b.fr", False),
        ("x" * 76 + "@b.fr", False),
        ("é@exemple.fr", False),
        ("a b@exemple.fr", False),
    ],
)
def test_an_address_is_what_the_dgfip_takes(text: str, right: bool) -> None:
    assert is_email(text) is right


def test_names_in_any_case_are_read_and_a_doubled_one_refused() -> None:
    assert read_return([("ReSultrans", "P"), ("REFDET", "x")]).resultrans == "P"
    with pytest.raises(ReturnInvalid):
        read_return([("montant", "1"), ("MONTANT", "1")])
