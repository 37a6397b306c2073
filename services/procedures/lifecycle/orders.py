"""What somebody wants done to a request, and the case as it leaves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.procedures.lifecycle.deadlines import erasure_day, next_attention
from services.procedures.lifecycle.model import FINAL_STATES, Action, Case, State


@dataclass(frozen=True)
class Order:
    """A change that somebody wants: `revision` is the one seen, `key` makes repeating harmless."""

    request_id: UUID
    action: Action
    revision: int
    detail: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None


def moved(case: Case, target: State, detail: Mapping[str, Any], today: date, now: datetime) -> Case:
    """Return the case in its new state, with the days that follow from it."""
    ended = target in FINAL_STATES
    deadline = detail.get("deadline_on")
    answer_by = date.fromisoformat(deadline) if deadline else None
    return replace(
        case,
        state=target,
        attention_on=next_attention(target, today, case.due_on, answer_by),
        decided_at=now if ended else None,
        erase_on=erasure_day(today, case.retention_months) if ended else None,
    )
