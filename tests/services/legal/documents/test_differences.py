"""What changes between two versions: exact, readable without colour, in bounded time."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.legal.documents.difference_html import render_comparison
from services.legal.documents.differences import compare_texts, compare_words
from services.legal.documents.model import DocumentText
from services.legal.documents.publishing import PublicationService
from tests.services.legal.conftest import TERMS, Callers, SetClock, version
from tests.services.legal.documents.test_reading import SWITCH

WORDS = st.lists(st.sampled_from(["le", "la", "loi", "compte", "de", "12", ".", "é"]), max_size=30)
FORMER = """## Objet

Le service est gratuit et ouvert à tous.

- le guichet
- le courrier

| Acte | Peine |
| --- | --- |
| Faux | 3 ans |
"""
LATTER = """## Objet

Le service est facultatif, gratuit et ouvert à tous.

- le guichet
- la télécopie

| Acte | Peine |
| --- | --- |
| Faux | 5 ans |

## Durée

Un an.
"""


def text(markdown: str, title: str = "Conditions") -> DocumentText:
    return DocumentText("fr", title, "", markdown)


@pytest.mark.promise("LEG-03")
@given(WORDS, WORDS)
def test_both_texts_can_be_read_back_from_the_difference(
    former: list[str], latter: list[str]
) -> None:
    before, after = " ".join(former), " ".join(latter)
    parts = compare_words(before, after)
    assert "".join(part.text for part in parts if part.operation != "added") == before
    assert "".join(part.text for part in parts if part.operation != "removed") == after
    assert (before == after) == all(part.operation == "same" for part in parts)


@pytest.mark.promise("LEG-03")
def test_it_shows_words_added_and_removed_block_by_block() -> None:
    found = compare_texts(text(FORMER), text(LATTER))
    changed = [(block.operation, block.kind) for block in found.blocks if block.operation != "same"]
    assert changed == [
        ("changed", "p"),
        ("removed", "li"),
        ("added", "li"),
        ("changed", "tr"),
        ("added", "h2"),
        ("added", "p"),
    ]
    words = [(part.operation, part.text) for part in found.blocks[2].parts]
    assert words == [
        ("same", "Le service est "),
        ("added", "facultatif, "),
        ("same", "gratuit et ouvert à tous."),
    ]
    assert found.words_added == len(["facultatif,", "la", "télécopie", "5", "Durée", "Un", "an."])
    assert found.words_removed == len(["le", "courrier", "3"])


@pytest.mark.promise("LEG-03")
@pytest.mark.parametrize(
    ("language", "start", "end"),
    [("fr", "début d’ajout", "fin d’ajout"), ("en", "start of addition", "end of addition")],
)
def test_the_difference_is_told_in_words_as_well_as_in_marks(
    language: str, start: str, end: str
) -> None:
    html = render_comparison(compare_texts(text(FORMER), text(LATTER)), language)
    plain = re.sub(r"<[^>]+>", "", html)
    assert f"[{start}] facultatif,  [{end}]" in plain
    assert "<ins>" in html
    assert "<del>" in html
    assert "style" not in html
    # every mark has its words beside it, or a label in front of the whole block
    for block in html.split("\n"):
        marked = re.search(r"<(ins|del)>", block)
        assert not marked or "visually-hidden" in block or "<strong>" in block
    # what did not change is not repeated
    assert "le guichet" not in plain


def test_hostile_words_stay_words() -> None:
    html = render_comparison(
        compare_texts(text("a <script>alert(1)</script>"), text("b <img src=x onerror=y>", "<b>")),
        "fr",
    )
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html


def test_the_longest_texts_are_compared_too() -> None:
    # repetitive on purpose: what makes a naive comparison take minutes (the test has a time-out)
    former = "\n\n".join(f"le la le la {number % 7} " * 6 for number in range(3000))
    latter = "\n\n".join(f"la le la le {number % 5} " * 6 for number in range(3000))
    assert len(former) > 100_000
    assert compare_texts(text(former), text(latter)).words_added > 0
    one_line = "le la " * 16_000
    assert compare_words(one_line, one_line[3:] + "fin")


@pytest.mark.promise("LEG-03")
async def test_any_two_versions_that_were_in_force_can_be_compared(
    callers: Callers, publications: PublicationService, clock: SetClock
) -> None:
    await publications.publish_versions(
        [version(1, words="Le guichet."), version(2, SWITCH, words="Le courrier.")]
    )
    path = f"/documents/{TERMS}/differences"
    # what is to come stays unknown
    assert (await callers.get(f"{path}?former=1&latter=2")).status == 404
    clock.instant = SWITCH
    response = await callers.get(f"{path}?former=1&latter=2")
    found = await response.json()
    assert (found["former"]["version"], found["latter"]["version"]) == (1, 2)
    assert (found["words_added"], found["words_removed"]) == (1, 1)
    assert "<ins>" in found["html"]
    back = await (await callers.get(f"{path}?former=2&latter=1&language=en")).json()
    assert back["former"]["version"] == 2
    same = await (await callers.get(f"{path}?former=2&latter=2")).json()
    assert (same["words_added"], same["html"]) == (0, "")
    known = {"If-None-Match": response.headers["ETag"]}
    assert (await callers.get(f"{path}?former=1&latter=2", known)).status == 304
    assert (await callers.get(f"{path}?former=1")).status == 422
