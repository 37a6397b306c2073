"""What the DGFiP says of a payment, and what a look-up can find."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
CARD_PAID, DEBIT_PAID = "P", "V"
CARD_REFUSED, DEBIT_REFUSED, ABANDONED = "R", "Z", "A"
# a paid debit is paid, a refused debit is refused (rule 8)
PAID = frozenset({CARD_PAID, DEBIT_PAID})
REFUSED = frozenset({CARD_REFUSED, DEBIT_REFUSED})
KNOWN = PAID | REFUSED | {ABANDONED}


@dataclass(frozen=True)
class Transaction:
    """A result; every field is the DGFiP's text, '' when it said nothing."""

    resultrans: str
    numcli: str
    exer: str
    refdet: str
    montant: str
    saisie: str
    numauto: str = ""
    dattrans: str = ""
    heurtrans: str = ""
    idop: str = ""

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> "Transaction":
        """Read the fields by lower-case name; unknown ones are left aside."""
        return cls(**{name: fields.get(name, "").strip() for name in cls.__dataclass_fields__})

    @property
    def at(self) -> datetime | None:
        """Return the instant of `dattrans` and `heurtrans` (DDMMYYYY, HHMM, Paris), in UTC.

        In the hour that comes twice in autumn it is the later one: nothing is final too early.
        """
        text = self.dattrans + self.heurtrans
        if len(text) != 12 or not (text.isascii() and text.isdigit()):
            return None
        try:
            local = datetime(
                int(text[4:8]),
                int(text[2:4]),
                int(text[:2]),
                int(text[8:10]),
                int(text[10:]),
                tzinfo=PARIS,
                fold=1,
            )
        except ValueError:
            return None
        return local.astimezone(UTC)


@dataclass(frozen=True)
class Answered:
    """The DGFiP gave a result."""

    transaction: Transaction
    raw: str


@dataclass(frozen=True)
class Faulted:
    """The DGFiP gave a functional fault: P1, P5, or a code of its own."""

    code: str
    raw: str


@dataclass(frozen=True)
class Silent:
    """No usable answer: down, slow, garbage, or a technical fault; `reason` is one word."""

    reason: str
    raw: str = ""


Finding = Answered | Faulted | Silent
