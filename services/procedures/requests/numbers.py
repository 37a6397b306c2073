"""Request numbers that can be read out on the phone, and secret tracking codes."""

import hashlib
import hmac
import re
from uuid import UUID

from stdnum.iso7064 import mod_37_36

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_BITS = 140
GROUP = 4
CODE_LENGTH = CODE_BITS // 5
LOOK_ALIKES = str.maketrans("OIL", "011")


def request_number(prefix: str, year: int, sequence: int) -> str:
    """Return e.g. `NM-2026-000123-K`; the last character checks the others (ISO 7064)."""
    body = f"{year}{sequence:06d}"
    check = mod_37_36.calc_check_digit(prefix + body)
    return f"{prefix}-{year}-{sequence:06d}-{check}"


def normalise_number(typed: str) -> str | None:
    """Return a typed number in its written form, or None when its check character is wrong."""
    compact = re.sub(r"[\s\-–—.]", "", typed).upper()
    parts = re.fullmatch(r"([A-Z]{1,6})(\d{4})(\d{6,12})([A-Z0-9])", compact)
    if parts is None or not mod_37_36.is_valid(compact):
        return None
    return "-".join(parts.groups())


def tracking_code(key: bytes, request_id: UUID) -> str:
    """Return the 140-bit tracking code of a request, e.g. `7K4F-29QX-...`.

    Derived from the service's key, so that a repeated filing shows the same code and only its
    hash is stored.
    """
    digest = hmac.new(key, b"tracking-code:" + request_id.bytes, hashlib.sha256).digest()
    value = int.from_bytes(digest, "big") >> (256 - CODE_BITS)
    letters = [CROCKFORD[(value >> shift) & 31] for shift in range(CODE_BITS - 5, -1, -5)]
    return "-".join(
        "".join(letters[start : start + GROUP]) for start in range(0, CODE_LENGTH, GROUP)
    )


def normalise_code(typed: str) -> str:
    """Return a typed code in its written form: case, spaces, dashes and look-alikes forgiven."""
    compact = re.sub(r"[^0-9A-Z]", "", typed.upper()[:100]).translate(LOOK_ALIKES)
    return "-".join(compact[start : start + GROUP] for start in range(0, len(compact), GROUP))
