"""What somebody tells the webmaster, and the form that it must come from (LEG-05)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.errors import DomainError

FORM_KIND = "feedback-form"
FORM_ISSUER = "gateway"
# a person reads and types for longer; a robot sends at once
SHORTEST = timedelta(seconds=3)
LONGEST = timedelta(hours=24)


class FormRefused(DomainError):
    """The form's token does not count; `reason` is invalid, too-early or expired.

    What was typed may be sent again with a new token.
    """

    code = "form-refused"


class FormAlreadyUsed(DomainError):
    """Another message was sent with this form: this one needs a new token."""

    code = "form-already-used"


@dataclass(frozen=True)
class Feedback:
    """A message; `name` and `email` are "" when not given, `page` where it was written about."""

    subject: str
    message: str
    name: str
    email: str
    page: str

    def as_dict(self) -> dict[str, str]:
        """Return its words, to be sealed."""
        return asdict(self)


@dataclass(frozen=True)
class StoredFeedback:
    """A message as stored: sealed, with what has been done about it."""

    id: UUID
    received_at: datetime
    language: str
    wrapped_key: bytes
    content: bytes
    reply_wanted: bool
    enqueued_at: datetime
    delivered_at: datetime | None = None
    acknowledged_at: datetime | None = None


def form_id(claims: Mapping[str, Any], now: datetime) -> UUID:
    """Return the number of a form from its signed claims (`iss`, `jti`, `iat`).

    Raises `FormRefused` when it is not the gateway's, or its age is not a person's.
    """
    try:
        shown_at = datetime.fromtimestamp(int(claims["iat"]), UTC)
        number = UUID(str(claims["jti"]))
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        raise FormRefused(reason="invalid") from None
    if claims.get("iss") != FORM_ISSUER:
        raise FormRefused(reason="invalid")
    age = now - shown_at
    if age < SHORTEST:
        raise FormRefused(reason="too-early")
    if age > LONGEST:
        raise FormRefused(reason="expired")
    return number
