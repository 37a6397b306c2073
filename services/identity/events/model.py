"""Events of an account: who did what, when, and from which kind of device."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

OWNER, STAFF, SYSTEM, ANONYMOUS = "owner", "staff", "system", "anonymous"


@dataclass(frozen=True)
class Actor:
    """Who acts on an account; `account_id` is that of the member of staff."""

    kind: str
    account_id: UUID | None = None


BY_OWNER, BY_SYSTEM, BY_LINK = Actor(OWNER), Actor(SYSTEM), Actor(ANONYMOUS)


@dataclass(frozen=True)
class AccountEvent:
    """Something that happened to an account."""

    id: UUID
    recorded_at: datetime
    action: str
    actor: Actor
    detail: Mapping[str, Any] = field(repr=False)
