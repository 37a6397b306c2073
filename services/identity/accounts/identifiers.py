"""The identifier that a person chooses: what it may be, and which two are too alike (ACC-02)."""

import unicodedata
from collections.abc import Mapping

MIN_CHARACTERS = 3
MAX_CHARACTERS = 40
MARKS = "._-"
# the accented letters of French; any other letter may pass for one of these
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæ")
RESERVED = frozenset(
    (
        *("admin", "administrateur", "administrator", "root", "support", "abuse", "postmaster"),
        *("parvis", "portail", "mairie", "webmestre", "webmaster", "securite", "security"),
        *("agent", "superviseur", "moderateur", "dpo", "dpd", "cil"),
    )
)
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss"}
_LOOK = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "-": "", ".": "", "_": ""})
_LOOK_PAIRS: Mapping[str, str] = {"rn": "m", "vv": "w", "cl": "d"}


def fold_identifier(identifier: str) -> str:
    """Return the form under which two spellings are one identifier: no case, no accent."""
    folded = unicodedata.normalize("NFKC", identifier.strip()).casefold()
    for ligature, letters in _LIGATURES.items():
        folded = folded.replace(ligature, letters)
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(one for one in decomposed if not unicodedata.combining(one))


def likeness(identifier: str) -> str:
    """Return what an identifier looks like at a glance: l, I and 1 are one letter."""
    seen = fold_identifier(identifier).translate(_LOOK)
    for pair, letter in _LOOK_PAIRS.items():
        seen = seen.replace(pair, letter)
    return seen


def tidy_identifier(identifier: str) -> str:
    """Return the identifier as it is kept and shown: in NFC, without spaces around."""
    return unicodedata.normalize("NFC", identifier.strip())


def identifier_faults(identifier: str) -> list[str]:
    """Return the codes of what is wrong with a chosen identifier, none when it is good."""
    tidy = tidy_identifier(identifier)
    faults = []
    if not MIN_CHARACTERS <= len(tidy) <= MAX_CHARACTERS:
        faults.append("identifier-length")
    if not all(_is_allowed(character) for character in tidy):
        faults.append("identifier-characters")
    elif tidy and (tidy[0] in MARKS or tidy[-1] in MARKS):
        faults.append("identifier-ends")
    if fold_identifier(tidy) in RESERVED:
        faults.append("identifier-reserved")
    return faults


def _is_allowed(character: str) -> bool:
    small = character.lower()
    return small in LETTERS or (character.isascii() and character.isdigit()) or character in MARKS
