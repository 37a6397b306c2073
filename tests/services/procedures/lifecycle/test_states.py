"""The table of states: every action, from every state, by everybody."""

import itertools

import pytest

from services.procedures.lifecycle.model import (
    FINAL_STATES,
    OPEN_STATES,
    RULES,
    Action,
    Actor,
    State,
    TransitionRefused,
    next_state,
    possible_actions,
)
from services.procedures.lifecycle.steps import KINDS, STATE_LABELS, STEP_LABELS

# written again by hand: what each may do, from where, and where it leads
ALLOWED = """
take_in_hand agent,supervisor,business filed,escalated taken_in_hand
ask_person agent,supervisor taken_in_hand,escalated awaiting_person
answer person awaiting_person,escalated taken_in_hand
accept agent,supervisor,business taken_in_hand,escalated accepted
refuse agent,supervisor,business taken_in_hand,escalated refused
close agent,supervisor,business taken_in_hand,escalated,awaiting_person closed
suspend agent,supervisor filed,taken_in_hand,awaiting_person,escalated suspended
resume agent,supervisor suspended taken_in_hand
terminate supervisor filed,taken_in_hand,awaiting_person,escalated,suspended closed
withdraw person filed,taken_in_hand,awaiting_person,escalated,suspended withdrawn
escalate portal filed,taken_in_hand,awaiting_person escalated
reopen supervisor accepted,refused,closed,withdrawn taken_in_hand
"""


def expected() -> dict[tuple[State, Action, Actor], State]:
    table = {}
    for line in ALLOWED.split("\n"):
        if line:
            action, actors, sources, target = line.split(" ")
            for actor, source in itertools.product(actors.split(","), sources.split(",")):
                table[State(source), Action(action), Actor(actor)] = State(target)
    return table


@pytest.mark.promise("REQ-07")
def test_each_action_leads_from_its_states_only_and_for_its_actors_only() -> None:
    allowed = expected()
    for state, action, actor in itertools.product(State, Action, Actor):
        wanted = allowed.get((state, action, actor))
        if wanted is not None:
            assert next_state(state, action, actor) is wanted
        else:
            with pytest.raises(TransitionRefused):
                next_state(state, action, actor)


def test_what_is_offered_is_what_is_accepted() -> None:
    allowed = expected()
    for state, actor in itertools.product(State, Actor):
        offered = possible_actions(state, actor)
        assert offered == [action for action in Action if (state, action, actor) in allowed]


def test_every_state_but_the_draft_is_open_or_final() -> None:
    assert OPEN_STATES | FINAL_STATES | {State.DRAFT} == set(State)
    assert not OPEN_STATES & FINAL_STATES


def test_nothing_leaves_a_draft_but_its_filing() -> None:
    assert all(State.DRAFT not in rule.sources for rule in RULES.values())


@pytest.mark.promise("REQ-09")
def test_every_open_state_leads_on_for_somebody_of_the_service() -> None:
    for state in OPEN_STATES:
        assert possible_actions(state, Actor.SUPERVISOR)


def test_every_state_and_step_has_its_words() -> None:
    assert set(STATE_LABELS) == set(State)
    assert set(KINDS) == set(Action)
    assert set(KINDS.values()) <= set(STEP_LABELS)
