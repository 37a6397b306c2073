"""What is wrong with a draft: placeholders, links, headings, a missing translation (LEG-03)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from authority.placeholders import fill_placeholders, find_unknown
from authority.profile import AuthorityProfile
from authority.text import LANGUAGES
from services.legal.documents.model import DocumentText
from services.legal.documents.rendering import SAFE_LINK, TOP_LEVEL
from services.legal.drafts.model import DraftContent, DraftFault

LONGEST = {"title": 200, "summary": 500, "markdown": 100_000}
HTML_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
# a placeholder is no fault of the address that holds it: it is filled before publication
PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}")

# shows every address and image that is written, so that none is dropped in silence
_everything = MarkdownIt("commonmark", {"html": False}).enable("table")
_everything.validateLink = lambda url: True  # type: ignore[method-assign]


def find_faults(content: DraftContent, profile: AuthorityProfile) -> list[DraftFault]:
    """Return every fault of the texts, French first, in reading order."""
    faults: list[DraftFault] = []
    for language in LANGUAGES:
        text = content.texts[language]
        faults += _field_faults(text)
        faults += _placeholder_faults(text, profile)
        faults += _markdown_faults(text)
    levels = [_levels(content.texts[language].markdown) for language in LANGUAGES]
    if all(content.texts[language].markdown.strip() for language in LANGUAGES):
        faults += [DraftFault("headings-differ")] if levels[0] != levels[1] else []
    return faults


def fill_text(text: DocumentText, profile: AuthorityProfile) -> DocumentText:
    """Return a text with its placeholders filled; a field with an unknown one stays as typed."""
    filled = {field: _fill(getattr(text, field), profile, text.language) for field in LONGEST}
    return replace(text, **filled)


def _fill(words: str, profile: AuthorityProfile, language: str) -> str:
    if any(find_unknown(words, profile, language)):
        return words
    return fill_placeholders(words, profile, language)


def _field_faults(text: DocumentText) -> Iterator[DraftFault]:
    for field, longest in LONGEST.items():
        value = getattr(text, field)
        if not value.strip():
            yield DraftFault("missing", text.language, field)
        if len(value) > longest:
            yield DraftFault("too-long", text.language, field)
        if field != "markdown" and "\n" in value:
            yield DraftFault("several-lines", text.language, field)


def _placeholder_faults(text: DocumentText, profile: AuthorityProfile) -> Iterator[DraftFault]:
    for field in LONGEST:
        for line, _message in find_unknown(getattr(text, field), profile, text.language):
            shown = getattr(text, field).split("\n")[line]
            place = line + 1 if field == "markdown" else 0
            yield DraftFault("unknown-placeholder", text.language, field, place, shown[:120])


def _markdown_faults(text: DocumentText) -> Iterator[DraftFault]:
    previous = TOP_LEVEL - 1
    for token in _tokens(text.markdown):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "heading_open":
            level = int(token.tag[1])
            if not TOP_LEVEL <= level <= previous + 1:
                yield DraftFault("heading-level", text.language, "markdown", line, token.markup)
            previous = level
        for child in token.children or []:
            if (fault := _inline_fault(child)) is not None:
                yield DraftFault(fault[0], text.language, "markdown", line, fault[1])


def _inline_fault(child: Token) -> tuple[str, str] | None:
    if child.type == "image":
        return "image", str(child.attrs.get("src", ""))[:120]
    if child.type == "link_open":
        address = unquote(str(child.attrs.get("href", "")))
        filled = PLACEHOLDER.sub("x", address)
        # an address that is a placeholder alone: the profile's own are https or checked e-mails
        whole = PLACEHOLDER.fullmatch(address) is not None
        return None if whole or SAFE_LINK.fullmatch(filled) else ("unsafe-link", address[:120])
    if child.type == "text" and (tag := HTML_TAG.search(child.content)):
        return "html", tag[0][:120]
    return None


def _levels(markdown: str) -> list[str]:
    return [token.tag for token in _tokens(markdown) if token.type == "heading_open"]


def _tokens(markdown: str) -> list[Token]:
    return _everything.parse(markdown[: LONGEST["markdown"]])
