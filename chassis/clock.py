"""The only makers of the present time, identifiers, secrets and chance."""

import hashlib
import os
import random
import secrets
import time
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo


class Clock:
    """The present, in UTC; tests put their own in its place."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)

    def today(self, zone: ZoneInfo) -> date:
        """Return the calendar day that it is in `zone`."""
        return self.now().astimezone(zone).date()

    def monotonic(self) -> float:
        """Return seconds that never go back, to measure durations."""
        return time.monotonic()


class IdSource:
    """Maker of identifiers and secrets."""

    def new_id(self) -> UUID:
        """Return a UUIDv7 (RFC 9562): 48 bits of milliseconds, then 74 bits of chance."""
        milliseconds = time.time_ns() // 1_000_000
        value = int.from_bytes(os.urandom(16), "big") & ((1 << 80) - 1)
        value |= (milliseconds & ((1 << 48) - 1)) << 80
        value = (value & ~(0xF << 76)) | (0x7 << 76)
        value = (value & ~(0x3 << 62)) | (0x2 << 62)
        return UUID(int=value)

    def new_secret(self) -> str:
        """Return a URL-safe secret of 256 bits."""
        return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> bytes:
    """Return the SHA-256 of a high-entropy secret: what is stored in its place (32 bytes)."""
    return hashlib.sha256(secret.encode()).digest()


def same_secret(left: bytes, right: bytes) -> bool:
    """Compare two digests in a time that says nothing of their content."""
    return secrets.compare_digest(left, right)


def jitter(seconds: float) -> float:
    """Return a delay between half of `seconds` and all of it, so that retries spread out."""
    # spreads calls, hides nothing: no secret depends on it
    return seconds * random.uniform(0.5, 1.0)  # noqa: S311
