"""Whether a form can be understood and filled by everybody: what is checked before a submission.

The pages themselves are accessible whatever the definition (labels tied to inputs, errors linked,
order of headings); this looks at what only words can spoil (RGAA 4: 8.9, 9.1, 10.9, 11.1 to 11.13).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from authority.text import Text
from services.procedures.editing.places import Path, part_at
from services.procedures.editing.typography import mended, texts_of
from services.procedures.editing.words_checked import (
    CHECKS,
    COLOUR,
    DURATION,
    HEADING,
    POSITION,
    SAYINGS,
    VAGUE_ERROR,
    VAGUE_LINK,
)

LONGEST_SENTENCE = 30
LONGEST_LABEL = 120
MOST_QUESTIONS = 12
# free text so short that it has a form of its own: the help must show it
SHORT_TEXT = 30
SILENT = frozenset({"heading", "information", "files", "computed"})


@dataclass(frozen=True)
class Remark:
    """What somebody would stumble on. `check` is one of `CHECKS`; `stops` forbids submission."""

    check: str
    path: Path
    message: Text
    stops: bool


def remarks_of(document: Mapping[str, Any]) -> list[Remark]:
    """Return the remarks on a definition of whatever shape, in the order of the checks."""
    found = [remark for check in CHECKERS for remark in check(document)]
    order = list(CHECKS)
    return sorted(found, key=lambda remark: order.index(remark.check))


def _said(check: str, path: Path, saying: str, *, stops: bool = False, **words: Any) -> Remark:
    text = SAYINGS[saying]
    return Remark(check, path, Text(text.fr.format(**words), text.en.format(**words)), stops)


def _items(document: Any, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    found = part_at(document, path)
    for number, item in enumerate(found if isinstance(found, list) else []):
        if isinstance(item, Mapping):
            yield (*path, number), item


def _pages(document: Any) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    yield from _items(document, ("form", "pages"))


def _fields(document: Any) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for page, _ in _pages(document):
        for path, field in _items(document, (*page, "fields")):
            yield path, field
            yield from _items(document, (*path, "fields"))


def _doubled(
    items: Iterator[tuple[Path, Mapping[str, Any]]], key: str, saying: str
) -> Iterator[Remark]:
    listed = list(items)
    for language in ("fr", "en"):
        seen: set[str] = set()
        for path, item in listed:
            words = part_at(item, (key, language))
            if not isinstance(words, str):
                continue
            if words.casefold() in seen:
                place = (*path, key, language)
                yield _said("labels", place, saying, stops=True, label=words)
            seen.add(words.casefold())


def _labels(document: Any) -> Iterator[Remark]:
    yield from _doubled(_pages(document), "title", "title-twice")
    for page, _ in _pages(document):
        yield from _doubled(_asked(document, page), "label", "label-twice")
    for path, field in _fields(document):
        yield from _doubled(_items(document, (*path, "options")), "label", "option-twice")
        for language in ("fr", "en"):
            label = part_at(field, ("label", language))
            if isinstance(label, str) and len(label) > LONGEST_LABEL:
                yield _said("labels", (*path, "label", language), "label-long", most=LONGEST_LABEL)


def _asked(document: Any, page: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for path, field in _items(document, (*page, "fields")):
        if field.get("type") not in SILENT:
            yield path, field


def _formats(document: Any) -> Iterator[Remark]:
    for path, field in _fields(document):
        if field.get("help"):
            continue
        kind, length = field.get("type"), field.get("max_length")
        bounded = kind in ("integer", "decimal", "money") and ("min" in field or "max" in field)
        short = kind == "text" and isinstance(length, int) and length <= SHORT_TEXT
        if bounded or short or kind == "rna":
            yield _said("formats", path, "no-help")


def _senses(document: Any) -> Iterator[Remark]:
    for path, text in texts_of(document):
        if path[0] == "payment":
            continue  # it tells where things stand on a bill of paper
        for pattern, saying in ((COLOUR, "colour"), (POSITION, "position"), (VAGUE_LINK, "link")):
            found = pattern.search(text)
            if found:
                yield _said("senses", path, saying, words=found[0])


def _headings(document: Any) -> Iterator[Remark]:
    for language in ("fr", "en"):
        text = part_at(document, ("description", language))
        level = 1
        for found in HEADING.finditer(text if isinstance(text, str) else ""):
            if not 2 <= len(found[1]) <= level + 1:
                place = ("description", language)
                yield _said("headings", place, "level", stops=True, words=found[2].strip())
            level = len(found[1])
    for page, _ in _pages(document):
        fields = list(_items(document, (*page, "fields")))
        types = [*(field.get("type") for _, field in fields[1:]), None]
        for (path, field), following in zip(fields, types, strict=False):
            if field.get("type") == "heading" and following in ("heading", None):
                yield _said("headings", path, "nothing-under", stops=True)


def _language(document: Any) -> Iterator[Remark]:
    for path, text in texts_of(document):
        if path[0] == "keywords":
            continue
        for sentence in re.split(r"[.!?;]\s|\n", text):
            count = len(re.findall(r"[\w’'-]+", sentence))
            if count > LONGEST_SENTENCE:
                yield _said("language", path, "sentence-long", count=count, most=LONGEST_SENTENCE)
                break
        other = part_at(document, (*path[:-1], "fr"))
        if path[-1] == "en" and text == other and len(text.split()) > 3:
            yield _said("language", path, "not-translated")
    for page, _ in _pages(document):
        count = sum(1 for _ in _asked(document, page))
        if count > MOST_QUESTIONS:
            yield _said("language", page, "page-long", count=count, most=MOST_QUESTIONS)


def _errors(document: Any) -> Iterator[Remark]:
    for path, field in _fields(document):
        for language in ("fr", "en"):
            ask = part_at(field, ("ask", language))
            if not isinstance(ask, str):
                continue
            place = (*path, "ask", language)
            if VAGUE_ERROR.search(ask) or len(ask.split()) < 2:
                yield _said("errors", place, "error-vague")
            elif not ask.rstrip().endswith((".", "?", "!")):
                yield _said("errors", place, "error-unfinished")


def _typography(document: Any) -> Iterator[Remark]:
    for path, text in texts_of(document):
        if path[-1] == "fr" and mended(text) != text:
            yield _said("typography", path, "typography", stops=True)


def _notice(document: Any) -> Iterator[Remark]:
    for path, text in texts_of(document):
        if "[…]" in text:
            yield _said("notice", path, "to-complete", stops=True)
    for language in ("fr", "en"):
        for key in ("purpose", "legal_basis", "recipients", "retention"):
            text = part_at(document, ("personal_data", key, language))
            path = ("personal_data", key, language)
            if isinstance(text, str) and "[…]" not in text and len(text.split()) < 2:
                yield _said("notice", path, "notice-short")
        kept = part_at(document, ("personal_data", "retention", language))
        if isinstance(kept, str) and "[…]" not in kept and not DURATION.search(kept):
            yield _said("notice", ("personal_data", "retention", language), "no-duration")


def _filling(document: Any) -> Iterator[Remark]:
    for path, field in _fields(document):
        about = field.get("prefill")
        simple = field.get("type") in ("text", "email", "phone", "date", "postal_code")
        if about and about != "account" and simple and not field.get("autocomplete"):
            yield _said("filling", path, "no-autocomplete")


CHECKERS: tuple[Callable[[Any], Iterator[Remark]], ...] = (
    _labels,
    _formats,
    _senses,
    _headings,
    _language,
    _errors,
    _typography,
    _notice,
    _filling,
)
