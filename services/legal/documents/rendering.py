"""Markdown of a legal text -> HTML that may be shown as it is: few tags, safe links, stable ids."""

import re
import unicodedata
from collections.abc import Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

TOP_LEVEL = 2  # the page's own title is its h1
LOWEST_LEVEL = 6
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
BLOCKS = ("p", "ul", "ol", "li", "blockquote", "pre", "hr")
INLINE = ("a", "strong", "em", "code", "br")
TABLE = ("table", "thead", "tbody", "tr", "th", "td")
TAGS = {*HEADINGS, *BLOCKS, *INLINE, *TABLE}
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title"},
    "ol": {"start"},
    "th": {"scope"},
    **{heading: {"id"} for heading in HEADINGS},
}
SCHEMES = {"https", "mailto", "tel"}
# "//host" and "/\host" look relative and leave the site
SAFE_LINK = re.compile(r"(https://|mailto:|tel:|#|/(?![/\\])|[\w.-]+(/|#|$))[^\\\s]*", re.ASCII)

_parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def parse_markdown(markdown: str) -> list[Token]:
    """Return the tokens of a text, its headings from h2 with their ids."""
    tokens = _parser.parse(markdown)
    _arrange_headings(tokens)
    return tokens


def render_markdown(markdown: str) -> str:
    """Return sanitised HTML; its headings begin at h2, skip no level and have ids.

    An id comes from the heading's own words (`section-duree`), so that an amendment elsewhere
    leaves it as it is.
    """
    tokens = parse_markdown(markdown)
    for token in tokens:
        if token.type == "th_open":
            token.attrs = {"scope": "col"}
    html = _parser.renderer.render(tokens, _parser.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes=SCHEMES,
        link_rel=None,
    ).strip()


def _keep_attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "href" and not SAFE_LINK.fullmatch(value):
        return None
    return value


def _arrange_headings(tokens: Sequence[Token]) -> None:
    opened = [number for number, token in enumerate(tokens) if token.type == "heading_open"]
    highest = min((int(tokens[number].tag[1]) for number in opened), default=1)
    previous = TOP_LEVEL - 1
    taken: set[str] = set()
    for number in opened:
        wanted = int(tokens[number].tag[1]) - highest + TOP_LEVEL
        previous = min(wanted, previous + 1, LOWEST_LEVEL)
        tokens[number].tag = tokens[number + 2].tag = f"h{previous}"
        tokens[number].attrs = {"id": _heading_id(_words(tokens[number + 1]), taken)}


def _words(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [])


def _heading_id(text: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    wanted = "section-" + (re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "1")
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    taken.add(found)
    return found
