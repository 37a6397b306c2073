"""docs/security/asvs.md names every item of the list, and tests that exist (SEC-01)."""

import re

import pytest

from tests.support.environment import REPOSITORY

PAGE = REPOSITORY / "docs" / "security" / "asvs.md"
FOLDERS = (REPOSITORY / "tests", REPOSITORY / "tests" / "services" / "identity")
# OWASP ASVS 5.0: the items that apply to such a portal, chapter by chapter
LIST = """
1.2.1 1.2.4 1.3.11 1.5.1 2.2.1 2.3.1 2.3.3 2.3.4 2.4.1 3.3 3.4.1 3.4.3 3.4.4 3.4.5 3.4.6 3.5.1 3.5.3
3.7.2 4.1.3 5.2.1 5.2.2 5.2.3 5.3.1 5.3.2 5.4.1 5.4.2 5.4.3 6.1.1 6.1.2 6.2.2 6.2.3 6.2.4 6.2.5
6.2.6 6.2.7 6.2.8 6.2.9 6.2.10 6.2.11 6.2.12 6.3.2 6.3.3 6.3.8 6.4.1 6.4.2 6.4.3 6.5.1 6.5.2 6.5.3
6.5.4 6.5.5 7.2.1 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.3 7.5.1 7.5.2 8.2.1 8.2.2 8.2.3 9.1 9.2
11.4.2 12 13.2 13.3.1 14.2.1 14.3.2 15.1.2 15.3.3 15.3.7 16.2 16.3 16.4 16.5
"""
NUMBER = re.compile(r"(\d+(?:\.\d+)*)(?:-(\d+(?:\.\d+)*))?")


def rows() -> list[list[str]]:
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def numbers_in(item: str) -> set[str]:
    """Return the numbers that a first column begins with: `6.5.1-5` is five of them."""
    beginning = re.match(r"[\d.,\s-]*", item)
    assert beginning is not None
    found = set()
    for first, last in NUMBER.findall(beginning[0]):
        found.add(first)
        stem, _, number = first.rpartition(".")
        end = last.rpartition(".")[2]
        found |= {f"{stem}.{one}" for one in range(int(number), int(end) + 1)} if end else set()
    return found


@pytest.mark.promise("SEC-01")
def test_every_item_is_there() -> None:
    named = set().union(*(numbers_in(item) for item, *_ in rows()))
    assert [item for item in LIST.split() if item not in named] == []


@pytest.mark.promise("SEC-01")
def test_every_row_names_tests_that_exist_or_a_reason() -> None:
    for item, *_middle, shown in rows():
        paths = re.findall(r"`([\w/]+\.py)`", shown)
        assert paths or shown.startswith("reason: "), item
        for path in paths:
            assert any((folder / path).is_file() for folder in FOLDERS), (item, path)


def test_ranges_are_read() -> None:
    assert numbers_in("6.5.1-5 single use, 10 minutes") == {f"6.5.{one}" for one in range(1, 6)}
    assert numbers_in("3.4.1, 3.4.4-6 HSTS") == {"3.4.1", "3.4.4", "3.4.5", "3.4.6"}
    assert numbers_in("16.2-16.5 logs") == {"16.2", "16.3", "16.4", "16.5"}
