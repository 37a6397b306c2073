"""What a password must be."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from services.identity.credentials.policy import LIST, BreachedFile, PasswordPolicy, Person

GOOD = "Le pont du Gard, 3 étages"
CAMILLE = Person(
    "camille.durand", "c.lefebvre@courriel.example", ["Camille", "Durand"], date(1984, 3, 12)
)
POLICY = PasswordPolicy(["parvis", "Nîmes"])


def unmet(password: str, person: Person = CAMILLE, policy: PasswordPolicy = POLICY) -> set[str]:
    return {rule.id for rule in policy.check(password, person) if not rule.met}


@pytest.mark.promise("ACC-03")
@pytest.mark.parametrize(
    ("password", "missing"),
    [
        (GOOD, set()),
        ("Aé1 " * 32, set()),
        ("Aé1 " * 32 + "!", {"length"}),
        ("Court 3 mots", set()),
        ("Court 3 mot", {"length"}),
        ("le pont du gard, 3 étages", {"upper"}),
        ("LE PONT DU GARD, 3 ÉTAGES", {"lower"}),
        ("Le pont du Gard, trois étages", {"digit"}),
        ("LepontduGard3etages", {"special"}),
        ("", {"length", "lower", "upper", "digit", "special", "uncommon", "unrelated"}),
    ],
)
def test_each_rule_is_met_or_not(password: str, missing: set[str]) -> None:
    assert unmet(password) == missing


@pytest.mark.promise("ACC-03")
@pytest.mark.parametrize(
    "password",
    ["Motdepasse123!", "P@ssw0rd2026!!", "M0tDeP@sse-1234", "AzertyUiop12!!", "Soleil!!20261"],
)
def test_a_common_password_is_seen_through_its_disguise(password: str) -> None:
    assert "uncommon" in unmet(password, Person())


@pytest.mark.promise("ACC-03")
@pytest.mark.parametrize(
    "password",
    [
        "Vive DURAND le 9 !",
        "Vive dürand le 9 !",
        "Vive Dur4nd le 9 !",
        "Vive camille.durand 9 !",
        "Vive C4M1LLE le 9 !",
        "Vive Lefebvre le 9 !",
        "Ma date : 12/03/1984",
        "Ma date : 1984-03-12",
        "Année 1984 du rock",
        "Vive N1mes le 9 !x",
        "P4rv1s le grand 9 !",
    ],
)
def test_a_password_made_of_the_person_is_refused(password: str) -> None:
    assert "unrelated" in unmet(password)


def test_a_password_has_nothing_to_do_with_somebody_else() -> None:
    assert unmet("Vive DURAND le 9 !", Person("samir")) == set()


def test_the_list_that_is_shipped_is_long_and_tells_its_licence() -> None:
    lines = LIST.read_text().splitlines()
    assert len([line for line in lines if not line.startswith("# ")]) > 3000
    assert "MIT licence" in "".join(lines[:5])


@pytest.mark.promise("ACC-03")
def test_a_breached_password_is_found_in_a_sorted_file(tmp_path: Path) -> None:
    words = [f"mot {number}" for number in range(500)]
    digests = sorted(hashlib.sha1(word.encode()).hexdigest().upper() for word in words)
    file = tmp_path / "breached.txt"
    file.write_text("".join(f"{digest}:{len(digest)}\n" for digest in digests))
    breached = BreachedFile(file)
    assert all(breached.holds(word) for word in words)
    assert not any(breached.holds(f"autre {number}") for number in range(500))
    file.write_text("")
    assert not BreachedFile(file).holds("mot 1")


def test_the_rule_exists_only_where_a_file_is_configured(tmp_path: Path) -> None:
    file = tmp_path / "breached.txt"
    file.write_text(hashlib.sha1(GOOD.encode()).hexdigest().upper() + ":7\n")
    assert "unbreached" in unmet(GOOD, CAMILLE, PasswordPolicy(breached=BreachedFile(file)))
    assert "unbreached" not in {rule.id for rule in POLICY.check(GOOD, CAMILLE)}
