"""Every template with every case: it renders, it is sound HTML, all of it can be translated."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.gateway.templates.cases import rendered
from tests.gateway.templates.environment import TEMPLATES
from tests.gateway.templates.pages import PAGES
from tests.support.html_faults import html_faults

FILES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
# one file in both languages, shown when the environments themselves may be broken
BILINGUAL = "errors/last_resort.html"
# the product's name, and each language in its own words
SAME_IN_BOTH = {"Parvis", "English", "Français"}
JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
READ_OUT = ("alt", "aria-label", "content", "placeholder", "title")
# what is no language: names of classes and addresses, then attributes put together by macros
MACHINE = re.compile(
    r"{% block main_class %}.*?{% endblock %}|{% macro address.*?{% endmacro %}", re.DOTALL
)
CODES = re.compile(r'width=device-width, initial-scale=1|telephone=no|#[0-9a-f]{6}|[\w-]+="[^"]*"')


@pytest.mark.parametrize("case", PAGES)
def test_it_is_sound_html(case: str) -> None:
    assert html_faults(rendered(case)) == []


def test_every_template_has_a_case() -> None:
    """A page extends the layout; what does not is a part of one, or the last resort."""
    sources = {name: (TEMPLATES / Path(name)).read_text(encoding="utf-8") for name in FILES}
    pages = {name for name, source in sources.items() if "{% extends" in source} | {BILINGUAL}
    assert pages == {template for template, _context in PAGES.values()}


@pytest.mark.parametrize("name", [name for name in FILES if name != BILINGUAL])
def test_every_word_goes_through_the_catalogue(name: str) -> None:
    reader = _Texts()
    source = (TEMPLATES / Path(name)).read_text(encoding="utf-8")
    reader.feed(JINJA.sub("", MACHINE.sub("", source)))
    words = {word for text in reader.found for word in WORD.findall(CODES.sub("", text))}
    assert words - SAME_IN_BOTH == set()


class _Texts(HTMLParser):
    """Gathers what people read or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attributes if name in READ_OUT]

    def handle_data(self, data: str) -> None:
        self.found.append(data)
