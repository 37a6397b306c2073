"""The two languages of the portal: nothing untranslated, nothing badly typeset, plurals right."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from gateway.i18n import translations
from tests.gateway.message_files import House, run_tool
from tests.gateway.templates.environment import PROFILE, make_environment
from tests.gateway.templates.pages import COMMON, PAGES
from tests.support.environment import REPOSITORY

COUNTED = "%(num)s démarche", "%(num)s démarches"
# shown in both languages at once, for the day when the catalogues may be broken
BILINGUAL = "last-resort"
OPEN, END = "\ue000", "\ue001"
TRANSLATED = re.compile(f"{OPEN}[^{OPEN}{END}]*{END}")
TAG_OR_LINE = re.compile(r"<[^>]*>|\n")
READ_OUT = ("alt", "aria-label", "content", "placeholder", "title")
WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
# names, each language in its own words, and what dates, sizes and browsers write
SAME_IN_BOTH = {"Parvis", "English", "Français", "CSV", "ODS", "XLSX"}
FIGURES = re.compile(
    r"width=device-width, initial-scale=1|telephone=no|#[0-9a-f]{6}"
    r"|(?:\d+ )?[A-Z][a-z]+ \d{4}( à \d+ h \d+)?|\d[\d,.]* (?:Mo|MB|ko|kB)"
)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.mark.parametrize(
    ("language", "number", "told"),
    [
        ("fr", 0, "0 démarche"),
        ("fr", 1, "1 démarche"),
        ("fr", 2, "2 démarches"),
        ("en", 0, "0 procedures"),
        ("en", 1, "1 procedure"),
        ("en", 2, "2 procedures"),
    ],
)
def test_it_counts_as_each_language_does(language: str, number: int, told: str) -> None:
    text = translations(language).ngettext(*COUNTED, number)
    assert text % {"num": number} == told


def test_french_is_shown_as_it_is_written() -> None:
    assert translations("fr").gettext("Suivre un dossier") == "Suivre un dossier"
    assert translations("en").gettext("Suivre un dossier") == "Track a request"


def test_every_text_of_the_sources_is_translated_and_well_typeset() -> None:
    done = run_tool(REPOSITORY, "check")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("case", [case for case in PAGES if case != BILINGUAL])
def test_an_english_page_has_no_french_left(case: str) -> None:
    template, context = PAGES[case]
    page = _english().get_template(template).render(COMMON | context)
    reader = _Read()
    reader.feed(page)
    data = sorted(_strings([COMMON, context, vars(PROFILE)]), key=len, reverse=True)
    left = {word for text in reader.found for word in WORD.findall(_without(text, data))}
    assert left - SAME_IN_BOTH == set()


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('{{ _("Nouveau") }}', "'Nouveau': it is missing from en.po"),
        ('{{ _("Vide") }}', "'Vide': it is not translated in en.po"),
        ('{{ _("Flou") }}', "'Flou': its translation in en.po is fuzzy"),
        ('{{ _("Au %(day)s", day=day) }}', "its translation has other placeholders: 'On %(date)s'"),
        ('{{ _("L\'adresse") }}', "a straight apostrophe"),
        ('{{ _("Erreur :") }}', "a no-break space (U+00A0) goes before"),
        ('{{ _("Erreur:") }}', "a no-break space (U+00A0) goes before"),
        ('{{ _("« Mot\u00a0»") }}', "a no-break space (U+00A0) goes before"),
        ('{{ _("Patientez...") }}', "three full stops: write …"),
        ('{{ _("100 % gratuit") }}', "a per cent sign is written %%"),
        ('{{ _("Un " ~ name) }}', "gateway/templates/page.html:2: _() takes its text as a plain"),
        ('{{ ngettext("jour", "jours", days) }}', "'jour': its forms are not in fr.po"),
        ("{% if %}", "gateway/templates/page.html:2: it cannot be read"),
        ("", "'Vieux': no source says it any more"),
    ],
)
def test_it_refuses_a_text_that_would_be_shown_wrong(house: House, source: str, told: str) -> None:
    house.write_page(f"<p>\n{source}")
    house.write_catalogue(
        {
            "Vide": "",
            "Flou": "Blurred",
            "Au %(day)s": "On %(date)s",
            "Vieux": "Old",
        },
        fuzzy="Flou",
    )
    done = house.run("check")
    assert done.returncode == 1
    assert told in done.stdout


def test_it_refuses_a_text_of_a_handler_that_is_put_together(house: House) -> None:
    house.write_handler('def told(_, name):\n    return _(f"Bonjour {name}")\n')
    done = house.run("check")
    assert done.returncode == 1
    assert "gateway/pages.py:2: _() takes its text as a plain literal" in done.stdout


@pytest.mark.parametrize(
    ("file", "wording", "told"),
    [
        ("services/wording.py", 'A = Text("Erreur :", "Error:")', ":1: 'Erreur :': a no-break"),
        ("services/wording.py", 'A = Text(fr="Oui", en="Yes !")', ":1: 'Yes !': no space goes"),
        (
            "authority/shown.yaml",
            "a: [{fr: L'eau, en: Water}]",
            ': "L\'eau": a straight apostrophe',
        ),
        (
            "authority/shown.yaml",
            "a:\n  fr: Eau\n  en: |-\n    Wait\n    ...\n",
            ": '...': three full stops",
        ),
    ],
)
def test_it_refuses_a_badly_typeset_sentence_outside_the_gateway(
    house: House, file: str, wording: str, told: str
) -> None:
    house.write_wording(file, wording)
    done = house.run("check")
    assert done.returncode == 1
    assert file + told in done.stdout


def test_writing_keeps_what_is_translated_and_takes_out_the_rest(house: House) -> None:
    house.write_page('{{ _("Gardé") }} {{ ngettext("jour", "jours", days) }} {{ _("Nouveau") }}')
    house.write_catalogue({"Gardé": "Kept", "Zut zut zut": "Gone"})
    assert house.run("write").returncode == 0
    first = house.english()
    assert 'msgid "Gardé"\nmsgstr "Kept"' in first
    assert 'msgid "Nouveau"\nmsgstr ""' in first
    assert 'msgid "jour"\nmsgid_plural "jours"' in first
    assert "Zut" not in first
    assert 'msgstr[1] "jours"' in house.french()
    house.write_page('\n\n{{ _("Nouveau") }}{{ ngettext("jour", "jours", days) }}{{ _("Gardé") }}')
    assert house.run("write").returncode == 0
    assert house.english() == first


def _without(text: str, data: list[str]) -> str:
    """Return what of a text is neither translated, nor data, nor a figure."""
    while TRANSLATED.search(text):
        text = TRANSLATED.sub(" ", text)
    text = FIGURES.sub(" ", " ".join(text.split())).strip()
    for known in data:
        text = text.replace(known, " ") if len(known) > 2 or known == text else text
    return text


def _strings(content: Any) -> Iterator[str]:
    """Yield every text of a case's data, whatever holds it."""
    if isinstance(content, str):
        yield " ".join(content.split())
        yield from (" ".join(part.split()) for part in TAG_OR_LINE.split(content))
    elif isinstance(content, dict):
        for value in content.values():
            yield from _strings(value)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from _strings(value)


class _Marked:
    """The English catalogue; what comes out of it bears a mark at each end."""

    def gettext(self, message: str) -> str:
        return f"{OPEN}{translations('en').gettext(message)}{END}"

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return f"{OPEN}{translations('en').ngettext(singular, plural, number)}{END}"


@cache
def _english() -> Environment:
    environment = make_environment("en")
    environment.install_gettext_translations(_Marked(), newstyle=True)  # type: ignore[attr-defined]
    return environment


class _Read(HTMLParser):
    """Gathers what people read or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attributes if name in READ_OUT]

    def handle_data(self, data: str) -> None:
        if self.cdata_elem != "script":  # data for search engines: nobody reads them
            self.found.append(data)
