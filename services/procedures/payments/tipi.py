"""Form mode (TIPI): the address of the payment page, and the reading of what comes back.

Nothing is signed and everything passes through the payer's browser: what comes back is compared
with what was asked, and is a declaration until the daily file confirms it.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from yarl import URL

from services.procedures.payments.transaction import Transaction

PATH = "/tpa/paiement.web"
OBJECT_LENGTH = 99
URL_LENGTH = 250
MAX_FIELDS = 40
MAX_TEXT = 300


class ReturnInvalid(Exception):
    """What came back is not what the protocol says; `reason` is one word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class FormOrder:
    """The parameters of the page's address, in the protocol's order."""

    numcli: str
    exer: str
    refdet: str
    objet: str
    montant: str
    mel: str
    urlcl: str
    saisie: str


def page_address(url: str, order: FormOrder) -> str:
    """Return the address of the payment page of form mode."""
    fields = {name: text for name, text in vars(order).items() if text or name != "objet"}
    return str(URL(url).with_path(PATH).with_query(fields))


def amount_text(cents: int) -> str:
    """Return an amount as the protocol writes it: cents, at least three figures."""
    return f"{cents:03d}"


def object_text(text: str) -> str:
    """Return an object as the protocol takes it: ASCII letters, figures and spaces, 99 at most."""
    plain = unicodedata.normalize("NFKD", text.replace("’", " ").replace("'", " "))
    ascii_text = plain.replace("-", " ").encode("ascii", "ignore").decode()
    kept = re.sub(r"[^A-Za-z0-9 ]", "", ascii_text)
    return re.sub(r" +", " ", kept).strip()[:OBJECT_LENGTH].strip()


def read_return(pairs: Iterable[tuple[str, str]]) -> Transaction:
    """Return the result that a browser brought, names in any case; raise `ReturnInvalid`."""
    return Transaction.of(read_fields(pairs))


def read_fields(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return fields by lower-case name; a name given twice, or far too much, is refused."""
    found: dict[str, str] = {}
    for name, text in pairs:
        key = name.lower()
        if key in found:
            raise ReturnInvalid("doubled")
        if len(found) >= MAX_FIELDS or len(text) > MAX_TEXT:
            raise ReturnInvalid("too-long")
        found[key] = text
    return found
