"""What can be proved with a secret that was given out once, and for how long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.errors import DomainError


class Purpose(StrEnum):
    """The one thing that a secret is good for."""

    CONFIRM_EMAIL = "confirm-email"
    RECOVER_PASSWORD = "recover-password"  # noqa: S105
    RECALL = "recall"
    FORMER_EMAIL = "former-email"
    NEW_EMAIL = "new-email"
    NOT_ME = "not-me"
    STEP_UP = "step-up"
    SECOND_STEP = "second-step"
    ENROL_TOTP = "enrol-totp"
    ENROL_PASSKEY = "enrol-passkey"
    FACTOR_RESET = "factor-reset"
    FEDERATE = "federate"


# what opens a session lives 10 minutes at most (ASVS 6.5.5); a link that proves an address, or
# that only freezes, opens nothing and waits for people who read their mail later
LIFETIMES: Mapping[Purpose, timedelta] = {
    Purpose.CONFIRM_EMAIL: timedelta(hours=24),
    Purpose.RECOVER_PASSWORD: timedelta(minutes=10),
    Purpose.RECALL: timedelta(hours=1),
    Purpose.FORMER_EMAIL: timedelta(hours=24),
    Purpose.NEW_EMAIL: timedelta(hours=24),
    Purpose.NOT_ME: timedelta(days=14),
    Purpose.STEP_UP: timedelta(minutes=5),
    Purpose.SECOND_STEP: timedelta(minutes=5),
    Purpose.ENROL_TOTP: timedelta(minutes=10),
    Purpose.ENROL_PASSKEY: timedelta(minutes=5),
    Purpose.FACTOR_RESET: timedelta(hours=24),
    Purpose.FEDERATE: timedelta(minutes=10),
}
MAX_ATTEMPTS = 5


class ProofRefused(DomainError):
    """The secret is unknown, used, too old, or for something else: never said which."""

    code = "proof-refused"


@dataclass(frozen=True)
class Proof:
    """What a secret proves; `content` is what it was given out with."""

    id: UUID
    purpose: Purpose
    account_id: UUID | None
    content: Mapping[str, Any] = field(repr=False)
