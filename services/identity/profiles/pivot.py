"""The six pivot data of a civil identity (FranceConnect), and when two of them are the same."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import astuple, dataclass

FRANCE = "99100"
# what the digest of the six data is for
PIVOT = "pivot"
_WHOLE_DATE = re.compile(r"\d{4}-(?!00)\d{2}-(?!00)\d{2}")
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss"}


@dataclass(frozen=True)
class Pivot:
    """Given names (all of them), family name at birth, date, gender, INSEE codes of the place."""

    given_names: str
    family_name: str
    birth_date: str
    gender: str
    birth_commune: str
    birth_country: str

    def __repr__(self) -> str:
        return "Pivot(...)"

    @property
    def canonical(self) -> str | None:
        """Return the text that two equal identities share; None when something is missing.

        Whoever is born abroad has no commune. A date without its day or month may be another
        person's too: it matches nobody.
        """
        found = [_fold(value) for value in astuple(self)]
        place = found.pop(4)
        if not all(found) or not _WHOLE_DATE.fullmatch(self.birth_date):
            return None
        if (self.birth_country == FRANCE) != bool(place):
            return None
        return "\n".join([*found, place])


def pivot_of_profile(values: Mapping[str, str]) -> Pivot:
    """Return the pivot data among those that a profile keeps."""
    names = ("given_name", "family_name", "birth_date", "gender", "birth_commune", "birth_country")
    return Pivot(*(values.get(name, "") for name in names))


def _fold(text: str) -> str:
    folded = text.casefold()
    for ligature, letters in _LIGATURES.items():
        folded = folded.replace(ligature, letters)
    bare = "".join(
        one for one in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(one)
    )
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())
