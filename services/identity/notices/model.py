"""What the holder of an account is written about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """Which mail."""

    CONFIRM_EMAIL = "confirm-email"
    RECOVER_PASSWORD = "recover-password"  # noqa: S105
    RECOVER_IDENTIFIER = "recover-identifier"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105
    EMAIL_FORMER = "email-former"
    EMAIL_NEW = "email-new"
    EMAIL_CHANGED = "email-changed"
    FACTOR_ADDED = "factor-added"
    FACTOR_REMOVED = "factor-removed"
    LINK_ADDED = "link-added"
    LINK_REMOVED = "link-removed"
    FROZEN = "frozen"
    FROZEN_STAFF = "frozen-staff"
    RECOVERED = "recovered"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"
    REINSTATED = "reinstated"
    INACTIVE = "inactive"
    ERASURE_PLANNED = "erasure-planned"
    ERASED = "erased"
    COPY_READY = "copy-ready"
    RIGHT_RECORDED = "right-recorded"
    RIGHT_ANSWERED = "right-answered"


@dataclass(frozen=True)
class Notice:
    """A mail to compose: `values` fill the sentences of its kind."""

    kind: Kind
    to: str = field(repr=False)
    language: str
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    account_id: UUID | None = None
