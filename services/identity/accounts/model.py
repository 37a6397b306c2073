"""Accounts: who a person is to the portal, and what may happen to an account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import DomainError


class State(StrEnum):
    """Where an account stands."""

    PENDING = "pending"
    ACTIVE = "active"
    FROZEN = "frozen"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"
    ERASED = "erased"


class Change(StrEnum):
    """What moves an account from one state to another."""

    CONFIRM = "confirm"
    FREEZE = "freeze"
    RECOVER = "recover"
    SUSPEND = "suspend"
    TERMINATE = "terminate"
    REINSTATE = "reinstate"
    ERASE = "erase"


# every change that exists (ACC-07, ACC-08, DAT-03); whatever is not here is refused
TRANSITIONS: Mapping[tuple[State, Change], State] = {
    (State.PENDING, Change.CONFIRM): State.ACTIVE,
    (State.PENDING, Change.ERASE): State.ERASED,
    (State.ACTIVE, Change.FREEZE): State.FROZEN,
    (State.ACTIVE, Change.SUSPEND): State.SUSPENDED,
    (State.ACTIVE, Change.TERMINATE): State.TERMINATED,
    (State.ACTIVE, Change.ERASE): State.ERASED,
    (State.FROZEN, Change.RECOVER): State.ACTIVE,
    (State.FROZEN, Change.SUSPEND): State.SUSPENDED,
    (State.FROZEN, Change.TERMINATE): State.TERMINATED,
    (State.FROZEN, Change.REINSTATE): State.ACTIVE,
    (State.FROZEN, Change.ERASE): State.ERASED,
    (State.SUSPENDED, Change.TERMINATE): State.TERMINATED,
    (State.SUSPENDED, Change.REINSTATE): State.ACTIVE,
    (State.SUSPENDED, Change.ERASE): State.ERASED,
    (State.TERMINATED, Change.REINSTATE): State.ACTIVE,
    (State.TERMINATED, Change.ERASE): State.ERASED,
}


class AccountNotFound(DomainError):
    """No such account, or not one that this person may see: the same answer for both."""

    code = "account-not-found"


class IdentifierTaken(DomainError):
    """Another account has, or had, this identifier or one that looks like it."""

    code = "identifier-taken"


class RegistrationRepeated(Exception):
    """The idempotency key has already opened an account."""


class ChangeRefused(DomainError):
    """The account is in a state in which this does not happen."""

    code = "change-refused"


@dataclass(frozen=True)
class Profile:
    """What every account holds, kept sealed; `display_name` is empty until a name is stored."""

    identifier: str
    display_name: str
    email: str

    def __repr__(self) -> str:
        return "Profile(...)"


@dataclass(frozen=True)
class Account:
    """An account, its personal data open."""

    id: UUID
    profile: Profile
    roles: Sequence[str]
    state: State
    created_at: datetime
    language: str = "fr"
    session_epoch: int = 1
    last_seen_at: datetime | None = None
    warned_at: datetime | None = None
    erasure_due_at: datetime | None = None
    limited_at: datetime | None = None

    @property
    def display_name(self) -> str:
        """Return how to call the person: the name kept, else the identifier."""
        return self.profile.display_name or self.profile.identifier


def next_state(state: State, change: Change) -> State:
    """Return the state after a change, or raise `ChangeRefused`."""
    try:
        return TRANSITIONS[state, change]
    except KeyError:
        raise ChangeRefused(f"A {state} account cannot {change}.") from None
