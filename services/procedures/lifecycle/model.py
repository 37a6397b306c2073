"""The states of a request and who may bring it from one to another (REQ-07, REQ-08, REQ-09)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.errors import DomainError


class State(StrEnum):
    """Where a request stands."""

    DRAFT = "draft"
    FILED = "filed"
    TAKEN_IN_HAND = "taken_in_hand"
    AWAITING_PERSON = "awaiting_person"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CLOSED = "closed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    ESCALATED = "escalated"


class Action(StrEnum):
    """What brings a request from a state to another."""

    TAKE_IN_HAND = "take_in_hand"
    ASK_PERSON = "ask_person"
    ANSWER = "answer"
    ACCEPT = "accept"
    REFUSE = "refuse"
    CLOSE = "close"
    SUSPEND = "suspend"
    RESUME = "resume"
    TERMINATE = "terminate"
    WITHDRAW = "withdraw"
    ESCALATE = "escalate"
    REOPEN = "reopen"


class Actor(StrEnum):
    """In which quality somebody acts; a supervisor may do all that an agent may."""

    PERSON = "person"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    BUSINESS = "business"
    PORTAL = "portal"


OPEN_STATES = frozenset(
    {State.FILED, State.TAKEN_IN_HAND, State.AWAITING_PERSON, State.SUSPENDED, State.ESCALATED}
)
FINAL_STATES = frozenset({State.ACCEPTED, State.REFUSED, State.CLOSED, State.WITHDRAWN})
STAFF = frozenset({Actor.AGENT, Actor.SUPERVISOR})
# those whose steps are shown to the person as made by the service in charge
SERVICE_ACTORS = STAFF | {Actor.BUSINESS}


@dataclass(frozen=True)
class Rule:
    """From which states an action starts, where it leads, who may do it."""

    sources: frozenset[State]
    target: State
    actors: frozenset[Actor]
    needs_reason: bool = False


_IN_HAND = frozenset({State.TAKEN_IN_HAND, State.ESCALATED})
_UNDER_WAY = frozenset({State.FILED, State.TAKEN_IN_HAND, State.AWAITING_PERSON, State.ESCALATED})
_DECIDERS = STAFF | {Actor.BUSINESS}

RULES: Mapping[Action, Rule] = {
    Action.TAKE_IN_HAND: Rule(
        frozenset({State.FILED, State.ESCALATED}), State.TAKEN_IN_HAND, _DECIDERS
    ),
    Action.ASK_PERSON: Rule(_IN_HAND, State.AWAITING_PERSON, STAFF, needs_reason=True),
    Action.ANSWER: Rule(
        frozenset({State.AWAITING_PERSON, State.ESCALATED}),
        State.TAKEN_IN_HAND,
        frozenset({Actor.PERSON}),
    ),
    Action.ACCEPT: Rule(_IN_HAND, State.ACCEPTED, _DECIDERS, needs_reason=True),
    Action.REFUSE: Rule(_IN_HAND, State.REFUSED, _DECIDERS, needs_reason=True),
    Action.CLOSE: Rule(
        _IN_HAND | {State.AWAITING_PERSON}, State.CLOSED, _DECIDERS, needs_reason=True
    ),
    Action.SUSPEND: Rule(_UNDER_WAY, State.SUSPENDED, STAFF, needs_reason=True),
    Action.RESUME: Rule(frozenset({State.SUSPENDED}), State.TAKEN_IN_HAND, STAFF),
    Action.TERMINATE: Rule(
        _UNDER_WAY | {State.SUSPENDED},
        State.CLOSED,
        frozenset({Actor.SUPERVISOR}),
        needs_reason=True,
    ),
    Action.WITHDRAW: Rule(
        _UNDER_WAY | {State.SUSPENDED}, State.WITHDRAWN, frozenset({Actor.PERSON})
    ),
    Action.ESCALATE: Rule(
        _UNDER_WAY - {State.ESCALATED}, State.ESCALATED, frozenset({Actor.PORTAL})
    ),
    Action.REOPEN: Rule(
        FINAL_STATES, State.TAKEN_IN_HAND, frozenset({Actor.SUPERVISOR}), needs_reason=True
    ),
}


class TransitionRefused(DomainError):
    """The request is in a state from which this cannot be done; `state` says which."""

    code = "transition-refused"


class CaseChanged(DomainError):
    """Somebody changed the request meanwhile; `revision`, `state` and `changes` say what."""

    code = "case-changed"


class ReasonMissing(DomainError):
    """This step must be explained to the person."""

    code = "reason-missing"


@dataclass(frozen=True)
class Author:
    """Who acts: `id` is an account or a token; `services` those in whose name (None: no limit)."""

    actor: Actor
    id: UUID | None = None
    services: frozenset[str] | None = None


PORTAL_AUTHOR = Author(Actor.PORTAL)


@dataclass(frozen=True)
class Case:
    """A filed request as the desk handles it, without what the person wrote."""

    id: UUID
    procedure_id: str
    version: int
    service_id: str
    state: State
    number: str
    language: str
    account_id: UUID | None
    wrapped_key: bytes | None
    revision: int
    assigned_to: UUID | None
    filed_at: datetime
    due_on: date | None
    attention_on: date | None
    decided_at: datetime | None
    retention_months: int
    erase_on: date | None
    entered_by: UUID | None


@dataclass(frozen=True)
class Step:
    """A dated step; `detail` is what is said of it to the person (reason, fields, deadline)."""

    position: int
    at: datetime
    kind: str
    actor: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    staff_id: UUID | None = None
    revision: int | None = None


def next_state(state: State, action: Action, actor: Actor) -> State:
    """Return where `action` leads, or raise `TransitionRefused`."""
    rule = RULES[action]
    if state not in rule.sources or actor not in rule.actors:
        raise TransitionRefused(
            "This cannot be done to the request as it is.", state=str(state), action=str(action)
        )
    return rule.target


def possible_actions(state: State, actor: Actor) -> list[Action]:
    """Return what `actor` may do to a request in this state, in the order of the table."""
    return [
        action for action, rule in RULES.items() if state in rule.sources and actor in rule.actors
    ]
