"""The right of a business application to the requests of one service."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import DomainError
from services.procedures.lifecycle.model import Actor, Author

PREFIX = "parvis_"
MAX_DAYS = 400


class Scope(StrEnum):
    """What a token allows."""

    LIST = "list"
    READ = "read"
    CHANGE = "change"


class TokenRefused(DomainError):
    """The application's token is unknown, expired or taken back: the three are not told apart."""

    code = "token-refused"


class ScopeMissing(DomainError):
    """The token does not allow this; `scope` says what it lacks."""

    code = "scope-missing"


class AlreadyGiven(DomainError):
    """It was given already under this identifier: its secret is shown once, not again."""

    code = "already-given"


class TokenUnknown(DomainError):
    """No such token."""

    code = "token-not-found"


@dataclass(frozen=True)
class NewToken:
    """A token to give, for `days`; `id` makes giving it twice impossible."""

    id: UUID
    name: str
    service_id: str
    scopes: tuple[Scope, ...]
    days: int


@dataclass(frozen=True)
class BusinessToken:
    """A token as stored: its secret is not."""

    id: UUID
    name: str
    service_id: str
    scopes: tuple[str, ...]
    created_by: UUID
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    last_used_on: date | None = None

    @property
    def author(self) -> Author:
        """Return who acts when the application does."""
        return Author(Actor.BUSINESS, self.id, frozenset({self.service_id}))

    def require(self, scope: Scope) -> None:
        """Raise `ScopeMissing` unless the token allows it."""
        if scope not in self.scopes:
            raise ScopeMissing(f"The token lacks the scope {scope}.", scope=str(scope))
