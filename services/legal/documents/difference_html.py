"""A comparison as HTML: `<ins>` and `<del>`, with words for those who do not see them.

Nothing depends on colour: screen readers and text browsers get the words, others lines under and
through the text (RGAA 3.1).
"""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

from services.legal.documents.differences import (
    ADDED,
    CHANGED,
    REMOVED,
    SAME,
    ChangedBlock,
    Comparison,
    Part,
)

WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "added": "début d’ajout",
        "added-end": "fin d’ajout",
        "removed": "début de suppression",
        "removed-end": "fin de suppression",
        "added-block": "Ajouté",
        "removed-block": "Supprimé",
        "changed-block": "Modifié",
        "colon": "\u00a0: ",
        "gap": "[…]",
        "unchanged": "Partie inchangée, non reproduite",
    },
    "en": {
        "added": "start of addition",
        "added-end": "end of addition",
        "removed": "start of removal",
        "removed-end": "end of removal",
        "added-block": "Added",
        "removed-block": "Removed",
        "changed-block": "Changed",
        "colon": ": ",
        "gap": "[…]",
        "unchanged": "Unchanged part, not repeated",
    },
}
TAGS = {ADDED: "ins", REMOVED: "del"}
# the page's own title is its h1 and the comparison's title an h2
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6", "h6": "h6"}


def render_comparison(comparison: Comparison, language: str) -> str:
    """Return the changed blocks, each under the heading it belongs to, unchanged runs elided."""
    words = WORDS[language]
    html: list[str] = []
    for heading, blocks in _sections(comparison.blocks):
        if all(block.operation == SAME for block in [*heading, *blocks]):
            continue
        html += [_block(block, words) for block in heading]
        for same, run in groupby(blocks, key=lambda block: block.operation == SAME):
            html += [_gap(words)] if same else [_block(block, words) for block in run]
    return "\n".join(html)


def _sections(
    blocks: Sequence[ChangedBlock],
) -> list[tuple[list[ChangedBlock], list[ChangedBlock]]]:
    """Cut the text at its headings: each section is its heading, then its blocks."""
    sections: list[tuple[list[ChangedBlock], list[ChangedBlock]]] = [([], [])]
    for block in blocks:
        if block.kind in HEADINGS:
            sections.append(([block], []))
        else:
            sections[-1][1].append(block)
    return sections


def _block(block: ChangedBlock, words: Mapping[str, str]) -> str:
    if block.kind in HEADINGS:
        tag = HEADINGS[block.kind]
        return f"<{tag}>{_inside(block, words)}</{tag}>"
    if block.operation == SAME:
        return f"<p>{_inside(block, words)}</p>"
    label = f"<strong>{words[f'{block.operation}-block']}{words['colon']}</strong>"
    return f'<p class="difference {block.operation}">{label}{_inside(block, words)}</p>'


def _inside(block: ChangedBlock, words: Mapping[str, str]) -> str:
    if block.operation == CHANGED or block.kind in HEADINGS:
        return "".join(_part(part, words) for part in block.parts)
    # the label in front of the whole block says it already
    return "".join(_marked(part) for part in block.parts)


def _part(part: Part, words: Mapping[str, str]) -> str:
    if part.operation == SAME:
        return escape(part.text)
    tag = TAGS[part.operation]
    start, end = words[part.operation], words[f"{part.operation}-end"]
    return f"<{tag}>{_hidden(f'[{start}] ')}{escape(part.text)}{_hidden(f' [{end}]')}</{tag}>"


def _marked(part: Part) -> str:
    if part.operation == SAME:
        return escape(part.text)
    tag = TAGS[part.operation]
    return f"<{tag}>{escape(part.text)}</{tag}>"


def _hidden(text: str) -> str:
    return f'<span class="visually-hidden">{text}</span>'


def _gap(words: Mapping[str, str]) -> str:
    return (
        f'<p class="hint"><span aria-hidden="true">{words["gap"]}</span>'
        f"{_hidden(words['unchanged'])}</p>"
    )
