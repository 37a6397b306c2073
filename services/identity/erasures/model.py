"""Erasing an account: when, and at whose will."""

from datetime import timedelta
from enum import StrEnum

from chassis.errors import DomainError

CHANGE_OF_MIND = timedelta(days=14)
WARNING = timedelta(days=30)
UNCONFIRMED = timedelta(days=7)
DAYS_IN_MONTH = 30.44


class Reason(StrEnum):
    """At whose will an account is erased."""

    OWNER = "owner"
    INACTIVE = "inactive"
    STAFF = "staff"


class StaffAccountKept(DomainError):
    """An account with a role is first relieved of it: nobody disappears from the staff unseen."""

    code = "staff-account-kept"
