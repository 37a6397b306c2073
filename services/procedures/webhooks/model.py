"""What is told to a business application, and where it may be told."""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from chassis.errors import DomainError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})
MAX_URL = 500


class WebhookUnknown(DomainError):
    """No such webhook, or no such delivery."""

    code = "webhook-not-found"


class AlreadyAdded(DomainError):
    """It was added already under this identifier: its secret is shown once, not again."""

    code = "already-given"


class TargetRefused(DomainError):
    """The address is not one that the operator allows."""

    code = "target-refused"


@dataclass(frozen=True)
class Webhook:
    """An address to tell; no `events` means every step."""

    id: UUID
    service_id: str
    url: str
    events: tuple[str, ...]
    created_by: UUID
    created_at: datetime
    removed_at: datetime | None = None


@dataclass(frozen=True)
class Delivery:
    """One thing told, and how it went; `state` is waiting, delivered or refused."""

    id: UUID
    webhook_id: UUID
    created_at: datetime
    payload: Mapping[str, Any]
    state: str = "waiting"
    attempts: int = 0
    last_status: int | None = None
    last_fault: str | None = None
    last_attempt_at: datetime | None = None
    delivered_at: datetime | None = None


@dataclass(frozen=True)
class Targets:
    """Where webhooks may lead: `host` or `host:port` over https; loopback only when `local`."""

    hosts: Collection[str]
    local: bool

    def require(self, url: str) -> None:
        """Raise `TargetRefused` for an address that is not allowed (SSRF)."""
        if len(url) > MAX_URL or not self._allows(url):
            raise TargetRefused("The address is not one that the operator allows.")

    def _allows(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return False
        if parts.username or parts.password or parts.fragment or not url.isascii():
            return False
        if any(letter <= " " or letter == "\\" for letter in url):
            return False
        if self.local and host in LOOPBACK and parts.scheme in ("http", "https"):
            return True
        named = host if port in (None, 443) else f"{host}:{port}"
        return parts.scheme == "https" and named in self.hosts


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Return the HMAC-SHA-256 of `<timestamp>.<body>`, hexadecimal."""
    signed = str(timestamp).encode() + b"." + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
