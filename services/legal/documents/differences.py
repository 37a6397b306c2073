"""What changes between two texts: paragraphs matched, then words added and removed.

RapidFuzz finds the shortest edit in O(n·m/64): a few milliseconds for the longest text allowed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import Indel

from services.legal.documents.blocks import Block, read_blocks
from services.legal.documents.model import DocumentText

SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"
# below it, two paragraphs are no longer the same one amended
ALIKE = 0.5
# how far a paragraph is looked for among those removed: what bounds the time
NEAR = 12
WORD = re.compile(r"\s+|[^\W\d_]+|\d+|[^\w\s]|_")


@dataclass(frozen=True)
class Part:
    """A run of words: `operation` is same, added or removed."""

    operation: str
    text: str


@dataclass(frozen=True)
class ChangedBlock:
    """A title, paragraph, list item or row: same, added, removed or changed; `kind` its tag."""

    operation: str
    kind: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class Comparison:
    """The whole text, block after block."""

    blocks: Sequence[ChangedBlock]

    @cached_property
    def words_added(self) -> int:
        """Count the words that the second text adds."""
        return self._count(ADDED)

    @cached_property
    def words_removed(self) -> int:
        """Count the words of the first text that are gone."""
        return self._count(REMOVED)

    def _count(self, operation: str) -> int:
        parts = (part for block in self.blocks for part in block.parts)
        texts = [part.text for part in parts if part.operation == operation]
        # a lone comma is no word
        return sum(any(map(str.isalnum, word)) for text in texts for word in text.split())


def compare_texts(before: DocumentText, after: DocumentText) -> Comparison:
    """Compare titles, then texts."""
    former, latter = (
        [Block("h1", text.title), *read_blocks(text.markdown)] for text in (before, after)
    )
    return Comparison(list(_compare_blocks(former, latter)))


def compare_words(before: str, after: str) -> list[Part]:
    """Return the runs of words that make both texts, removed ones before added ones."""
    former, latter = WORD.findall(before), WORD.findall(after)
    parts: list[Part] = []
    removed, added, held = "", "", ""
    for code in Indel.opcodes(former, latter):
        old = "".join(former[code.src_start : code.src_end])
        new = "".join(latter[code.dest_start : code.dest_end])
        if code.tag != "equal":
            removed, added, held = removed + held + old, added + held + new, ""
        elif old.isspace() and (removed or added):
            held = old  # a space between two changes belongs to them: it reads better
        else:
            parts += [*_change(removed, added), Part(SAME, held + old)]
            removed, added, held = "", "", ""
    return [*parts, *_change(removed, added), *([Part(SAME, held)] if held else [])]


def _change(removed: str, added: str) -> list[Part]:
    return [Part(REMOVED, removed)] * bool(removed) + [Part(ADDED, added)] * bool(added)


def _compare_blocks(former: Sequence[Block], latter: Sequence[Block]) -> Iterator[ChangedBlock]:
    removed: list[Block] = []
    added: list[Block] = []
    for code in Indel.opcodes(former, latter):
        if code.tag != "equal":
            removed += former[code.src_start : code.src_end]
            added += latter[code.dest_start : code.dest_end]
            continue
        yield from _pair(removed, added)
        removed, added = [], []
        for block in latter[code.dest_start : code.dest_end]:
            yield ChangedBlock(SAME, block.kind, [Part(SAME, block.text)])
    yield from _pair(removed, added)


def _pair(removed: Sequence[Block], added: Sequence[Block]) -> Iterator[ChangedBlock]:
    """Match each added block, in order, with a removed one that it amends.

    What has no match is shown removed first, then added.
    """
    rest, new = list(removed), list[Block]()
    for block in added:
        near = enumerate(rest[:NEAR])
        place = next((n for n, old in near if _is_amended(old, block)), None)
        if place is None:
            new.append(block)
            continue
        yield from _whole(rest[:place], new)
        yield ChangedBlock(CHANGED, block.kind, compare_words(rest[place].text, block.text))
        rest, new = rest[place + 1 :], []
    yield from _whole(rest, new)


def _whole(removed: Sequence[Block], added: Sequence[Block]) -> Iterator[ChangedBlock]:
    for operation, blocks in ((REMOVED, removed), (ADDED, added)):
        for block in blocks:
            yield ChangedBlock(operation, block.kind, [Part(operation, block.text)])


def _is_amended(old: Block, new: Block) -> bool:
    return old.kind == new.kind and Indel.normalized_similarity(old.words, new.words) >= ALIKE
