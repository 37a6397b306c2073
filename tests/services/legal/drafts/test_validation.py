"""What stops a draft: said with its language, field and line."""

from dataclasses import replace

import pytest

from authority.profile import AuthorityProfile, default_folder, load_profile
from services.legal.documents.model import DocumentText
from services.legal.drafts.model import DraftContent, DraftFault
from services.legal.drafts.validation import fill_text, find_faults

GOOD = "## Objet\n\nÉcrivez à {{ profile.webmaster.email }}.\n\n### Détail\n\n[Cookies](/cookies)"


@pytest.fixture(scope="module")
def profile() -> AuthorityProfile:
    return load_profile(default_folder())


def content(markdown: str = GOOD, **english: str) -> DraftContent:
    text = DocumentText("fr", "Titre", "Résumé", markdown)
    translated = replace(text, language="en", **english)
    return DraftContent("material", None, {"fr": text, "en": translated})


def test_a_sound_draft_has_no_fault_and_its_placeholders_are_filled(
    profile: AuthorityProfile,
) -> None:
    assert find_faults(content(), profile) == []
    filled = fill_text(content().texts["fr"], profile)
    assert f"Écrivez à {profile.webmaster.email}." in filled.markdown


@pytest.mark.promise("LEG-03")
@pytest.mark.parametrize(
    ("markdown", "code", "line", "found"),
    [
        ("a\n\nb {{ profile.nowhere }}", "unknown-placeholder", 3, "b {{ profile.nowhere }}"),
        ("a {{", "unknown-placeholder", 1, "a {{"),
        ("## A\n\n[x](http://a.example)", "unsafe-link", 3, "http://a.example"),
        ("[x](javascript:alert(1))", "unsafe-link", 1, "javascript:alert(1)"),
        ("[x](//evil.example)", "unsafe-link", 1, "//evil.example"),
        ("<data:text/html,x>", "unsafe-link", 1, "data:text/html,x"),
        ("# A", "heading-level", 1, "#"),
        ("## A\n\n#### B", "heading-level", 3, "####"),
        ("### A", "heading-level", 1, "###"),
        ("a\n\n<script>alert(1)</script>", "html", 3, "<script>"),
        ("![x](https://a.example/x.png)", "image", 1, "https://a.example/x.png"),
        ("", "missing", 0, ""),
        ("x" * 100_001, "too-long", 0, ""),
    ],
)
def test_it_says_what_and_where(
    profile: AuthorityProfile, markdown: str, code: str, line: int, found: str
) -> None:
    faults = find_faults(content(markdown), profile)
    assert DraftFault(code, "fr", "markdown", line, found) in faults
    assert DraftFault(code, "en", "markdown", line, found) in faults


@pytest.mark.parametrize(
    "link",
    [
        "[x](https://a.example)",
        "<mailto:a@b.fr>",
        "[x](tel:+33466025555)",
        "[x](#objet)",
        "[x](mailto:{{ profile.webmaster.email }})",
        "<{{ profile.website }}>",
    ],
)
def test_local_and_https_links_are_good(profile: AuthorityProfile, link: str) -> None:
    assert find_faults(content(link), profile) == []


@pytest.mark.promise("LEG-03")
def test_a_missing_or_different_translation_is_a_fault(profile: AuthorityProfile) -> None:
    assert find_faults(content(markdown="## A"), profile) == []
    missing = find_faults(content(title=" "), profile)
    assert missing == [DraftFault("missing", "en", "title")]
    english = replace(content().texts["en"], markdown="## Only one")
    other = replace(content(), texts={**content().texts, "en": english})
    assert find_faults(other, profile) == [DraftFault("headings-differ")]
    lines = replace(content().texts["en"], title="a\nb")
    several = replace(content(), texts={**content().texts, "en": lines})
    assert find_faults(several, profile) == [DraftFault("several-lines", "en", "title")]
