"""Accounts: who a person is to the portal."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.errors import DomainError

ACTIVE = "active"


class AccountNotFound(DomainError):
    """No such account, or not one that this person may see: the same answer for both."""

    code = "account-not-found"


class IdentifierTaken(DomainError):
    """Another account has this identifier, whatever its case."""

    code = "identifier-taken"


@dataclass(frozen=True)
class Profile:
    """What the person told us; kept sealed."""

    identifier: str
    display_name: str
    email: str


@dataclass(frozen=True)
class Account:
    """An account, its personal data open."""

    id: UUID
    profile: Profile
    roles: Sequence[str]
    state: str
    created_at: datetime


def fold_identifier(identifier: str) -> str:
    """Return the form under which two spellings are one identifier: compatible, without case."""
    folded = unicodedata.normalize("NFKC", identifier.strip()).casefold()
    return unicodedata.normalize("NFKC", folded)
