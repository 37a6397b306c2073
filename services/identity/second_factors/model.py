"""Second factors: what an account asks for beside its password."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.errors import DomainError

RECOVERY_CODES = 10
MOST_FACTORS = 10


class Factor(StrEnum):
    """Which kind of second factor; a recovery code stands in for the others."""

    TOTP = "totp"
    PASSKEY = "passkey"
    RECOVERY = "recovery"


class FactorRefused(DomainError):
    """The code or the passkey is not the right one, or was used already."""

    code = "factor-refused"


class FactorNotFound(DomainError):
    """The account has no such second factor."""

    code = "factor-not-found"


class FactorNeeded(DomainError):
    """A member of staff keeps at least one second factor (ACC-11)."""

    code = "factor-needed"


class TooManyFactors(DomainError):
    """As many second factors as an account may have."""

    code = "too-many-factors"


@dataclass(frozen=True)
class SecondFactor:
    """A second factor; `secret` holds the seed, or the passkey's id and public key."""

    id: UUID
    kind: Factor
    label: str
    secret: Mapping[str, str] = field(repr=False)
    counter: int
    created_at: datetime
    last_used_at: datetime | None = None


@dataclass(frozen=True)
class TotpOffer:
    """A seed to scan: nothing is kept before a code shows that it was."""

    token: str = field(repr=False)
    secret: str = field(repr=False)
    uri: str = field(repr=False)
    picture: str = field(repr=False)


@dataclass(frozen=True)
class Enrolment:
    """What adding a factor gave: recovery codes the first time, to be shown once."""

    factor_id: UUID
    recovery_codes: Sequence[str] = field(repr=False)


@dataclass(frozen=True)
class Answer:
    """How a person answers the second step."""

    kind: Factor
    code: str = field(default="", repr=False)
    credential: Mapping[str, Any] = field(default_factory=dict, repr=False)
