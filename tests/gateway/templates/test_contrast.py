"""Both themes can be read, and an authority's own colours are refused when they cannot."""

import pytest

from gateway.theme import ThemeRefused, contrast, find_faint_pairs, read_tokens, theme_stylesheet
from tests.gateway.templates.environment import STATIC

TOKENS = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = read_tokens(TOKENS)


def test_it_computes_the_ratios_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_and_shape_has_the_contrast_of_wcag_aa(colours: dict[str, str]) -> None:
    assert list(find_faint_pairs(colours)) == []


def test_the_dark_theme_is_another_one() -> None:
    assert DARK["page"] != LIGHT["page"]
    assert set(DARK) == set(LIGHT)


def test_it_writes_the_authority_s_colours_over_the_shipped_ones() -> None:
    stylesheet = theme_stylesheet(TOKENS, {"accent": "#7a2c10"}, {"accent": "#ffc0a0"})
    assert stylesheet.count("--accent") == 2
    assert "prefers-color-scheme: dark" in stylesheet


def test_it_refuses_a_colour_that_cannot_be_read_and_says_where() -> None:
    with pytest.raises(ThemeRefused) as refused:
        theme_stylesheet(TOKENS, {"ink": "#cccccc"}, {})
    assert any(fault.startswith("light: ink #cccccc on page") for fault in refused.value.faults)


@pytest.mark.parametrize(
    "colours", [{"nothing": "#000000"}, {"ink": "black"}, {"ink": "#000000; } body { color: red"}]
)
def test_it_refuses_what_is_not_a_colour_of_the_theme(colours: dict[str, str]) -> None:
    with pytest.raises(ThemeRefused, match="not a known token"):
        theme_stylesheet(TOKENS, colours, {})
