"""Identifiers that people choose."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.identity.accounts.identifiers import (
    fold_identifier,
    identifier_faults,
    likeness,
)


@pytest.mark.promise("ACC-02")
@pytest.mark.parametrize(
    "identifier", ["abc", "camille.durand", "Élodie-Nîmes_30", "x" * 40, "œuvre"]
)
def test_it_accepts_letters_of_french_digits_and_marks(identifier: str) -> None:
    assert identifier_faults(identifier) == []


@pytest.mark.promise("ACC-02")
@pytest.mark.parametrize(
    ("identifier", "fault"),
    [
        ("ab", "identifier-length"),
        ("x" * 41, "identifier-length"),
        ("", "identifier-length"),
        ("cаmille", "identifier-characters"),  # a Cyrillic а
        ("camille durand", "identifier-characters"),
        ("camille@x.fr", "identifier-characters"),
        ("ｃamille", "identifier-characters"),
        ("camille\u200b", "identifier-characters"),
        ("camı", "identifier-characters"),
        ("abc\u202edef", "identifier-characters"),
        ("٣٣٣", "identifier-characters"),
        (".camille", "identifier-ends"),
        ("camille-", "identifier-ends"),
        ("Admin", "identifier-reserved"),
        ("WEBMESTRE", "identifier-reserved"),
    ],
)
def test_it_refuses_what_may_pass_for_something_else(identifier: str, fault: str) -> None:
    assert fault in identifier_faults(identifier)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Camille", "CAMILLE"), ("élodie", "Elodie"), ("œuvre", "oeuvre"), ("Paul", " paul ")],
)
def test_two_spellings_are_one_identifier(one: str, other: str) -> None:
    assert fold_identifier(one) == fold_identifier(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PauI.martin", "Paul.martin"),
        ("paul1", "paull"),
        ("bern0ard", "bernoard"),
        ("marne", "mame"),
        ("jean-luc", "jean.luc"),
    ],
)
def test_two_look_alikes_are_told_apart_from_nobody(one: str, other: str) -> None:
    assert fold_identifier(one) != fold_identifier(other)
    assert likeness(one) == likeness(other)


@given(some.text(max_size=60))
def test_folding_is_stable(text: str) -> None:
    folded = fold_identifier(text)
    assert fold_identifier(folded) == fold_identifier(fold_identifier(folded))
    if not identifier_faults(text):
        assert fold_identifier(folded) == folded
