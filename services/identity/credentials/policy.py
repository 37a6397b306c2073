"""What a password must be (ACC-03), as rules that a page shows one by one.

CNIL 2022-100: 12 characters of four classes. NIST 800-63B-4 and ASVS 6.2.5 advise against classes:
they stay, as the law's guidance here asks for them; docs/security/asvs.md records it.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from authority.text import Text
from services.identity.credentials.model import (
    MIN_CHARACTERS,
    is_special,
    normalise_password,
)

LIST = Path(__file__).parent / "lists" / "common_passwords.txt"
SHORTEST_TOKEN = 3
_LEET = str.maketrans("01345789@$!|€+", "oleastbgasllet")
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")

TEXTS = {
    "length": Text(fr="De 12 à 128 caractères", en="12 to 128 characters"),
    "lower": Text(fr="Une lettre minuscule", en="A lower-case letter"),
    "upper": Text(fr="Une lettre majuscule", en="An upper-case letter"),
    "digit": Text(fr="Un chiffre", en="A digit"),
    "special": Text(
        fr="Un caractère spécial (espace, ponctuation, symbole)",
        en="A special character (space, punctuation, symbol)",
    ),
    "uncommon": Text(
        fr="Pas un mot de passe courant, même déguisé", en="Not a common password, even disguised"
    ),
    "unrelated": Text(
        fr="Sans lien avec vous : nom, identifiant, adresse, date de naissance",
        en="No link with you: name, identifier, address, birth date",
    ),
    "unbreached": Text(
        fr="Absent des listes de mots de passe volés", en="Not in the lists of stolen passwords"
    ),
}


@dataclass(frozen=True)
class Person:
    """What is known of the person, from which no password may be made."""

    identifier: str = ""
    email: str = ""
    names: Sequence[str] = ()
    birth_date: date | None = None
    town: str = ""

    def __repr__(self) -> str:
        return "Person(...)"


@dataclass(frozen=True)
class Rule:
    """One rule, in words, and whether the password meets it."""

    id: str
    text: Text
    met: bool


class PasswordPolicy:
    """The rules; `words` are the portal's own names, which everybody would think of."""

    def __init__(self, words: Sequence[str] = (), breached: "BreachedFile | None" = None) -> None:
        self._common = frozenset(fold(word) for word in _read_list())
        self._words = tuple(words)
        self._breached = breached

    def check(self, password: str, person: Person) -> list[Rule]:
        """Return every rule with whether this password meets it; nothing is met by none."""
        normal = normalise_password(password)
        text = normal if normal is not None else password
        met = {
            "length": normal is not None and len(text) >= MIN_CHARACTERS,
            "lower": any(map(str.islower, text)),
            "upper": any(map(str.isupper, text)),
            "digit": any(map(str.isdigit, text)),
            "special": any(map(is_special, text)),
            "uncommon": bool(text) and not self._is_common(text),
            "unrelated": bool(text) and not self._is_related(text, person),
        }
        if self._breached is not None:
            met["unbreached"] = bool(text) and not self._breached.holds(text)
        return [Rule(name, TEXTS[name], fulfilled) for name, fulfilled in met.items()]

    def is_met(self, password: str, person: Person) -> bool:
        """Say whether the password meets every rule."""
        return all(rule.met for rule in self.check(password, person))

    def _is_common(self, password: str) -> bool:
        """Look for the password and for what is left of it without its edges and disguises."""
        bare = _EDGES.sub("", password)
        candidates = {fold(password), fold(bare), fold(_EDGES.sub("", password.casefold()))}
        return bool(candidates & self._common) or len(set(password)) < MIN_CHARACTERS // 3

    def _is_related(self, password: str, person: Person) -> bool:
        folded, digits = fold(password), re.sub(r"\D", "", password)
        tokens = {fold(token) for token in (*_tokens(person), *self._words)}
        if any(len(token) >= SHORTEST_TOKEN and token in folded for token in tokens):
            return True
        return any(form in digits for form in _date_forms(person.birth_date))


class BreachedFile:
    """A local file of SHA-1 digests in hexadecimal, sorted, one a line (`DIGEST:count`).

    The format of Have I Been Pwned's download. Nothing leaves the machine.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._size = path.stat().st_size

    def holds(self, password: str) -> bool:
        """Say whether the password is in the file, by halving it some 35 times."""
        wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
        low, high = 0, self._size
        with self._path.open("rb") as file:
            while low < high:
                middle = (low + high) // 2
                file.seek(middle)
                if middle:
                    file.readline()
                found = file.readline()[: len(wanted)].upper()
                if found == wanted:
                    return True
                if found and found < wanted:
                    low = middle + 1
                else:
                    high = middle
            file.seek(0)
            return file.readline()[: len(wanted)].upper() == wanted


def fold(text: str) -> str:
    """Return a text without case, accents, disguises (leet) and separators."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(one for one in decomposed if not unicodedata.combining(one))
    return re.sub(r"[\W_]", "", bare.translate(_LEET)).replace("i", "l")


def person_faults(rules: Sequence[Rule]) -> list[str]:
    """Return the ids of the rules that are not met."""
    return [rule.id for rule in rules if not rule.met]


def _tokens(person: Person) -> Iterator[str]:
    local_part = person.email.partition("@")[0]
    for text in (person.identifier, local_part, *person.names, person.town):
        yield text
        yield from re.split(r"[\W\d_]+", text)


def _date_forms(birth: date | None) -> Sequence[str]:
    if birth is None:
        return ()
    day, month, year = f"{birth.day:02}", f"{birth.month:02}", f"{birth.year:04}"
    orders: Sequence[Callable[[str], str]] = (lambda y: day + month + y, lambda y: y + month + day)
    return [year, day + month, *(order(y) for order in orders for y in (year, year[2:]))]


def _read_list() -> Iterator[str]:
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            yield line
