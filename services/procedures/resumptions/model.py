"""A link that opens a draft again, and how many may be sent."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from chassis.errors import DomainError

# in a day: enough for mistakes, too few to trouble anybody's mailbox
LINKS_PER_DRAFT = 5
LINKS_PER_ADDRESS = 10
WINDOW = timedelta(days=1)


@dataclass(frozen=True)
class ResumeLink:
    """A link; `address` and `access_key` are in clear only here."""

    id: UUID
    request_id: UUID
    address: str = field(repr=False)
    access_key: str = field(repr=False)
    language: str
    created_at: datetime
    expires_at: datetime


class LinkUnknown(DomainError):
    """The link is none of ours, was cancelled or replaced, or has expired with its draft."""

    code = "link-unknown"


class TooManyLinks(DomainError):
    """Enough links were sent today for this draft, or to this address."""

    code = "too-many-links"


class LinkNeedless(DomainError):
    """The draft belongs to an account: its owner signs in to come back."""

    code = "link-needless"


def link_secret(key: bytes, link_id: UUID) -> str:
    """Return the 256-bit secret of a link: derived, so that only its hash is stored."""
    digest = hmac.new(key, b"resume-link:" + link_id.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def address_digest(key: bytes, address: str) -> bytes:
    """Return what tells two links to one address, without telling the address."""
    folded = address.strip().casefold().encode()
    return hmac.new(key, b"resume-address:" + folded, hashlib.sha256).digest()
