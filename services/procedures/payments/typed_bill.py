"""A bill as its payer types it: what is understood, and each fault in the payer's words."""

import re
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from authority.text import Text
from services.procedures.payments.bill_wording import (
    AMOUNT_HIGH,
    AMOUNT_INVALID,
    AMOUNT_LOW,
    AMOUNT_MISSING,
    EMAIL_INVALID,
    EMAIL_MISSING,
    REFERENCE_INVALID,
    REFERENCE_MISSING,
    YEAR_INVALID,
)
from services.procedures.payments.regie import RegieSettings
from services.procedures.payments.wording import euros

REFERENCE = re.compile(r"[A-Za-z0-9]{6,30}")
YEAR = re.compile(r"[0-9]{4}")
# 45,90 45.90 45 1 234,50: at most two decimals, blanks between thousands
AMOUNT = re.compile(r"([0-9]{1,7})(?:[.,]([0-9]{1,2}))?")
MIN_EMAIL, MAX_EMAIL = 6, 80


@dataclass(frozen=True)
class TypedBill:
    """The four texts as typed; `exer` may be empty: the current year."""

    reference: str
    amount: str
    email: str
    exer: str = ""


@dataclass(frozen=True)
class BillFault:
    """A fault of one field, with a sentence for the payer."""

    field: str
    code: str
    message: str

    def as_error(self) -> dict[str, str]:
        """Return the shape of an error in a problem document."""
        return {"pointer": f"/{self.field}", "code": self.code, "message": self.message}


@dataclass(frozen=True)
class UnderstoodBill:
    """The values of a bill without fault."""

    refdet: str
    amount_cents: int
    email: str
    exer: str


def understand_bill(
    typed: TypedBill, settings: RegieSettings, year: int, language: str
) -> UnderstoodBill | list[BillFault]:
    """Return the values, or every fault at once, in the form's order."""
    refdet = re.sub(r"\s", "", typed.reference)
    cents = read_amount(typed.amount)
    email = typed.email.strip()
    exer = typed.exer.strip() or str(year)
    found = [
        ("reference", _reference_fault(refdet)),
        ("amount", _amount_fault(typed.amount, cents, settings)),
        ("email", _email_fault(email)),
        ("exer", None if exer.isascii() and YEAR.fullmatch(exer) else ("invalid", YEAR_INVALID)),
    ]
    faults = [
        BillFault(field, fault[0], fault[1].in_language(language))
        for field, fault in found
        if fault is not None
    ]
    return faults if faults or cents is None else UnderstoodBill(refdet, cents, email, exer)


Fault = tuple[str, Text]


def _reference_fault(refdet: str) -> Fault | None:
    if not refdet:
        return "missing", REFERENCE_MISSING
    right = refdet.isascii() and REFERENCE.fullmatch(refdet)
    return None if right else ("invalid", REFERENCE_INVALID)


def _amount_fault(typed: str, cents: int | None, settings: RegieSettings) -> Fault | None:
    if not typed.strip():
        return "missing", AMOUNT_MISSING
    if cents is None:
        return "invalid", AMOUNT_INVALID
    if cents < settings.minimum_cents:
        return "too-low", _with_limit(AMOUNT_LOW, settings.minimum_cents)
    if cents > settings.maximum_cents:
        return "too-high", _with_limit(AMOUNT_HIGH, settings.maximum_cents)
    return None


def _email_fault(email: str) -> Fault | None:
    if not email:
        return "missing", EMAIL_MISSING
    return None if is_email(email) else ("invalid", EMAIL_INVALID)


def _with_limit(text: Text, cents: int) -> Text:
    return Text(
        fr=text.fr.format(limit=euros(cents, "fr")), en=text.en.format(limit=euros(cents, "en"))
    )


def read_amount(typed: str) -> int | None:
    """Return cents, or None when it is no amount in euros."""
    compact = re.sub(r"[\s€]", "", typed)
    parts = AMOUNT.fullmatch(compact) if compact.isascii() else None
    if parts is None:
        return None
    return int(parts[1]) * 100 + int((parts[2] or "").ljust(2, "0"))


def is_email(text: str) -> bool:
    """Say whether the DGFiP takes the address: 6 to 80 characters, ASCII, one @."""
    if not MIN_EMAIL <= len(text) <= MAX_EMAIL or not text.isascii():
        return False
    try:
        validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return False
    return True
