"""Markdown seen as a list of blocks of plain words: what a reader compares."""

from dataclasses import dataclass
from functools import cached_property

from markdown_it.token import Token

from services.legal.documents.rendering import parse_markdown

CONTAINERS = {"list_item_open": "li", "tr_open": "tr"}
LEAVES = {"fence", "code_block"}
BREAKS = {"softbreak": " ", "hardbreak": " "}
CELL = " | "


@dataclass(frozen=True)
class Block:
    """A heading (`h2`...), paragraph (`p`), list item (`li`), table row (`tr`) or code (`pre`)."""

    kind: str
    text: str

    @cached_property
    def words(self) -> list[str]:
        """Return its words."""
        return self.text.split()


def read_blocks(markdown: str) -> list[Block]:
    """Return the blocks of a text in reading order; an address behind a link follows its words."""
    blocks: list[Block] = []
    around: list[str] = []
    kind = "p"
    row: list[str] | None = None
    for token in parse_markdown(markdown):
        if token.type in CONTAINERS:
            around.append(CONTAINERS[token.type])
            row = [] if token.type == "tr_open" else row
        elif token.type in ("list_item_close", "tr_close"):
            around.pop()
            if token.type == "tr_close" and row is not None:
                blocks.append(Block("tr", CELL.join(row)))
                row = None
        elif token.type == "heading_open":
            kind = token.tag
        elif token.type == "inline":
            if row is not None:
                row.append(_words(token))
            else:
                blocks.append(Block(around[-1] if around and kind == "p" else kind, _words(token)))
            kind = "p"
        elif token.type in LEAVES:
            blocks.append(Block("pre", token.content.strip()))
    return blocks


def _words(inline: Token) -> str:
    words, target = "", ""
    for child in inline.children or []:
        if child.type == "link_open":
            target = str(child.attrs.get("href", ""))
            start = len(words)
        elif child.type == "link_close":
            shown = words[start:]
            words += f" ({target})" if target and target.removeprefix("mailto:") != shown else ""
        else:
            words += BREAKS.get(child.type, child.content)
    return words.strip()
