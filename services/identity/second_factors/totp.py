"""One-time codes of RFC 6238: 6 digits, 30 seconds, SHA-1 (what every application reads)."""

import hmac
from datetime import datetime

import pyotp
import segno

STEP_SECONDS = 30
# one step either side: clocks of telephones drift (RFC 6238, 5.2)
DRIFT = 1


def new_seed() -> str:
    """Return a seed of 160 bits in base 32."""
    return pyotp.random_base32(32)


def matching_step(seed: str, code: str, at: datetime) -> int | None:
    """Return the time step whose code this is, or None; the caller refuses a step used before."""
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdigit()):
        return None
    now = int(at.timestamp()) // STEP_SECONDS
    generator = pyotp.TOTP(seed)
    for step in (now, now - DRIFT, now + DRIFT):
        if hmac.compare_digest(generator.generate_otp(step), digits):
            return step
    return None


def enrolment_uri(seed: str, identifier: str, issuer: str) -> str:
    """Return the otpauth:// address that an application scans."""
    return pyotp.TOTP(seed).provisioning_uri(name=identifier, issuer_name=issuer)


def picture_of(uri: str) -> str:
    """Return the QR code as SVG markup to put into the page: no script, no outside image."""
    return segno.make(uri, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff")
