"""A change of e-mail: it happens once both addresses have confirmed it."""

from dataclasses import dataclass, field
from uuid import UUID

from chassis.errors import DomainError


class EmailUnchanged(DomainError):
    """The account already has this address."""

    code = "email-unchanged"


@dataclass(frozen=True)
class EmailChange:
    """A change that waits; `done` once both addresses have confirmed it."""

    change_id: UUID
    email: str = field(repr=False)
    former_confirmed: bool
    new_confirmed: bool

    @property
    def done(self) -> bool:
        """Say whether both have confirmed it."""
        return self.former_confirmed and self.new_confirmed
