"""Recovery: what is asked, and how often a mail may be sent for it."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

MAILS_PER_PERIOD = 3
PERIOD = timedelta(hours=1)


class Lost(StrEnum):
    """What the person has lost."""

    PASSWORD = "password"  # noqa: S105
    IDENTIFIER = "identifier"


@dataclass(frozen=True)
class RecoveryRequest:
    """What was typed: an identifier or an e-mail address."""

    lost: Lost
    typed: str = field(repr=False)
