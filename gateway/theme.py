"""The authority's own colours: a stylesheet over tokens.css, refused where it could not be read.

Contrast is that of WCAG 2.1 (success criteria 1.4.3 and 1.4.11; RGAA 3.2 and 3.3).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Colours = Mapping[str, str]

_TOKEN = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6});")
_HEXADECIMAL = re.compile(r"#[0-9a-f]{6}")
_PAPERS = ("page", "surface", "sunken")
_STATES = ("error", "success", "info", "warning")
_TEXT, _SHAPE = 4.5, 3.0

PAIRS: tuple[tuple[str, str, float], ...] = (
    *((ink, paper, _TEXT) for ink in ("ink", "ink-soft", "link", "link-hover", "accent")
      for paper in _PAPERS),
    *((state, paper, _TEXT) for state in _STATES for paper in ("page", "surface", f"{state}-back")),
    *((ink, f"{state}-back", _TEXT) for ink in ("ink", "ink-soft", "link") for state in _STATES),
    ("ink", "hero", _TEXT),
    ("ink", "mark", _TEXT),
    ("footer-ink", "footer", _TEXT),
    ("action-ink", "action", _TEXT),
    ("action-ink", "action-hover", _TEXT),
    *(("line-strong", paper, _SHAPE) for paper in _PAPERS),
    *(("focus", paper, _SHAPE) for paper in (*_PAPERS, "hero", *(f"{s}-back" for s in _STATES))),
    *(("action", paper, _SHAPE) for paper in (*_PAPERS, "hero")),
)  # fmt: skip
"""(foreground token, background token, least contrast) of everything that carries a meaning."""


@dataclass(frozen=True)
class ThemeRefused(Exception):
    """The authority's colours cannot be used; `faults` says each reason in one line."""

    faults: tuple[str, ...]

    def __str__(self) -> str:
        """Join the faults for a log or a terminal."""
        return "; ".join(self.faults)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two `#rrggbb` colours, from 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def read_tokens(stylesheet: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the (light, dark) colours of tokens.css; the dark ones complete the light ones."""
    first, _, second = stylesheet.partition("@media (prefers-color-scheme: dark)")
    light = dict(_TOKEN.findall(first))
    return light, light | dict(_TOKEN.findall(second))


def find_faint_pairs(colours: Colours) -> Iterator[str]:
    """Say each pair of PAIRS that lacks contrast, with its ratio."""
    for ink, paper, least in PAIRS:
        ratio = contrast(colours[ink], colours[paper])
        if ratio < least:
            yield f"{ink} {colours[ink]} on {paper} {colours[paper]}: {ratio:.2f}, needs {least}"


def theme_stylesheet(tokens: str, light: Colours, dark: Colours) -> str:
    """Return the stylesheet that gives the authority's colours to both themes.

    `tokens` is the text of tokens.css; `light` and `dark` map token names without dashes to
    `#rrggbb`, and may be partial or empty. Raises ThemeRefused with every fault at once.
    """
    faults: list[str] = []
    for name, own, shipped in zip(
        ("light", "dark"), (light, dark), read_tokens(tokens), strict=True
    ):
        wrong = [
            f"{name}: {token} {colour!r} is not a known token and a lower-case #rrggbb"
            for token, colour in own.items()
            if token not in shipped or not _HEXADECIMAL.fullmatch(colour)
        ]
        faults += wrong or [f"{name}: {fault}" for fault in find_faint_pairs({**shipped, **own})]
    if faults:
        raise ThemeRefused(tuple(faults))
    return f"{_root(light)}@media (prefers-color-scheme: dark) {{ {_root(dark)} }}\n"


def _root(colours: Colours) -> str:
    rules = " ".join(f"--{token}: {colour};" for token, colour in colours.items())
    return f":root {{ {rules} }}\n"
