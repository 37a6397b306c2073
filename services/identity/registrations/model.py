"""Opening an account: what is asked, and what can be wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from chassis.errors import DomainError


class RegistrationRefused(DomainError):
    """Something that was typed is not right; `errors` says where."""

    code = "registration-refused"

    def __init__(self, errors: Sequence[dict[str, str]]) -> None:
        super().__init__(errors=list(errors))


class RegistrationConflict(DomainError):
    """The idempotency key was used for another registration."""

    code = "registration-conflict"


@dataclass(frozen=True)
class Registration:
    """What the person typed; `key` makes a repetition harmless."""

    identifier: str = field(repr=False)
    password: str = field(repr=False)
    email: str = field(repr=False)
    language: str
    key: str = field(repr=False)


@dataclass(frozen=True)
class Registered:
    """The account that was opened, pending until its e-mail is confirmed."""

    account_id: UUID
    identifier: str
