"""Roles of staff, and which acts each one allows."""

from collections.abc import Mapping
from enum import StrEnum

from chassis.errors import DomainError
from services.identity.accounts.model import Change


class Role(StrEnum):
    """What a member of staff is trusted with."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    DPO = "dpo"
    ADMINISTRATOR = "administrator"


READERS = frozenset({Role.SUPERVISOR, Role.DPO, Role.ADMINISTRATOR})
RIGHTS_KEEPERS = frozenset({Role.DPO, Role.ADMINISTRATOR})
RESETTERS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
# to end an account takes a higher role than to suspend it
MODERATORS: Mapping[Change, frozenset[Role]] = {
    Change.SUSPEND: frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
    Change.TERMINATE: frozenset({Role.ADMINISTRATOR}),
    Change.REINSTATE: frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
}
PAST = {
    Change.SUSPEND: "suspended",
    Change.TERMINATE: "terminated",
    Change.REINSTATE: "reinstated",
}


class OwnAccount(DomainError):
    """Nobody moderates their own account."""

    code = "own-account"


class SecondPersonNeeded(DomainError):
    """The member of staff who asked cannot be the one who agrees."""

    code = "second-person-needed"
