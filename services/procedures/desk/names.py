"""Finds a request by a word of a name: only digests of the words are stored."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chassis.blind_index import BlindIndex
from services.procedures.catalogue.model import ProcedureDefinition

PURPOSE = "request-name"
AUTOFILL_NAMES = frozenset({"family-name", "given-name", "organization", "name"})
PART_NAMES = frozenset({"family_name", "usual_name", "given_name", "birth_name", "organisation"})
WORD = re.compile(r"[a-z0-9]{2,}")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})
MAX_WORDS = 40


class NameIndex:
    """Digests of the words of names, under a key of their own."""

    def __init__(self, tracking_key: bytes) -> None:
        self._index = BlindIndex(hmac.digest(tracking_key, b"name-index", hashlib.sha256))

    def digests(self, text: str) -> list[bytes]:
        """Return the digest of each word of a typed name, in order."""
        return [self._index.digest(PURPOSE, word) for word in name_words(text)]

    def digests_of(self, definition: ProcedureDefinition, values: Mapping[str, Any]) -> list[bytes]:
        """Return the digest of each word of the names that a request holds."""
        words = {word for name in names_in(definition, values) for word in name_words(name)}
        return [self._index.digest(PURPOSE, word) for word in sorted(words)[:MAX_WORDS]]


def name_words(text: str) -> list[str]:
    """Return the words of a name without case, accents nor hyphens: `Hélène` is `helene`."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return list(dict.fromkeys(WORD.findall(bare)))[:MAX_WORDS]


def names_in(definition: ProcedureDefinition, values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names among a request's answers: by the field's autofill name, or its parts."""
    for _, field in definition.form.questions() if definition.form else ():
        value = values.get(field.id)
        if isinstance(value, str) and (
            field.autocomplete in AUTOFILL_NAMES or field.id in PART_NAMES
        ):
            yield value
        elif isinstance(value, Mapping):
            yield from _part_names(value)


def _part_names(value: Mapping[str, Any]) -> Iterable[str]:
    return [text for name, text in value.items() if name in PART_NAMES and isinstance(text, str)]
