"""Which version is in force when, whatever is scheduled in whatever order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.legal.documents.model import TRANSITIONS, State, Step, StepRefused, move
from services.legal.documents.timeline import (
    DatedVersion,
    acceptance_floor,
    next_change_after,
    next_number,
    periods_of,
    placement_fault,
    state_of,
    version_in_force,
)

ORIGIN = datetime(2026, 1, 1, tzinfo=UTC)
MINUTES = st.integers(0, 60)
CHANGES = st.sampled_from(["material", "editorial"])


def at(minute: int) -> datetime:
    return ORIGIN + timedelta(minutes=minute)


@st.composite
def schedules(draw: st.DrawFn) -> list[DatedVersion]:
    """What publishers leave: each proposes an instant at some minute, or cancels the last."""
    versions: list[DatedVersion] = []
    now = 0
    for _ in range(draw(st.integers(1, 12))):
        now += draw(st.integers(0, 5))
        if versions and draw(st.booleans()) and draw(st.booleans()):
            last = versions[-1]
            if state_of(last, versions, at(now)) is State.SCHEDULED:
                versions[-1] = replace(last, cancelled_at=at(now))
            continue
        wished = at(draw(MINUTES))
        if placement_fault(versions, wished, at(now)) is None:
            versions.append(DatedVersion(next_number(versions), wished, draw(CHANGES)))
    return versions


@pytest.mark.promise("LEG-03")
@given(schedules(), MINUTES)
def test_from_the_first_one_on_exactly_one_version_is_in_force(
    versions: list[DatedVersion], minute: int
) -> None:
    states = [state_of(one, versions, at(minute)) for one in versions]
    standing = [one for one in versions if one.cancelled_at is None]
    begun = any(one.effective_from <= at(minute) for one in standing)
    assert states.count(State.IN_FORCE) == (1 if begun else 0)
    found = version_in_force(versions, at(minute))
    assert (found is not None) == begun
    if found is not None:
        # the newest that has come: its number and its instant are the highest
        come = [one for one in standing if one.effective_from <= at(minute)]
        assert found == max(come, key=lambda one: one.version)
        assert found == max(come, key=lambda one: one.effective_from)


@pytest.mark.promise("LEG-03")
@given(schedules())
def test_periods_follow_one_another_without_gap_or_overlap(versions: list[DatedVersion]) -> None:
    periods = periods_of(versions)
    for former, latter in pairwise(periods):
        assert former.ends == latter.begins
        assert former.begins < latter.begins
        assert former.version.version < latter.version.version
    assert all(one.ends is None for one in periods[-1:])
    assert len({one.version for one in versions}) == len(versions)


@given(schedules(), MINUTES, st.randoms())
def test_the_order_in_which_versions_are_listed_changes_nothing(
    versions: list[DatedVersion], minute: int, chance: object
) -> None:
    shuffled = list(versions)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert version_in_force(shuffled, at(minute)) == version_in_force(versions, at(minute))
    assert periods_of(shuffled) == periods_of(versions)


@given(schedules(), MINUTES)
def test_nothing_changes_before_the_change_that_is_announced(
    versions: list[DatedVersion], minute: int
) -> None:
    change = next_change_after(versions, at(minute))
    before = version_in_force(versions, at(minute))
    last = change - timedelta(microseconds=1) if change else at(10_000)
    assert version_in_force(versions, last) == before
    if change is not None:
        assert change > at(minute)
        assert version_in_force(versions, change) != before


@pytest.mark.promise("LEG-03")
@given(schedules(), MINUTES)
def test_only_something_material_since_asks_again(
    versions: list[DatedVersion], minute: int
) -> None:
    floor = acceptance_floor(versions, at(minute))
    come = [one.version for one in periods_of(versions) if one.begins <= at(minute)]
    for accepted in come:
        since = [one for one in come if one.version > accepted.version]
        asked = accepted.version < floor
        assert asked == any(one.change == "material" for one in since)


def test_every_step_from_every_state_is_either_listed_or_refused() -> None:
    for state, step in product(State, Step):
        if (state, step) in TRANSITIONS:
            assert move(state, step) is TRANSITIONS[state, step]
        else:
            with pytest.raises(StepRefused):
                move(state, step)


def test_what_is_in_force_or_over_cannot_be_touched_by_anybody() -> None:
    people = set(Step) - {Step.COME_INTO_FORCE, Step.BE_REPLACED}
    for state in (State.IN_FORCE, State.SUPERSEDED, State.CANCELLED, State.DISCARDED):
        assert not [step for step in people if (state, step) in TRANSITIONS]
    # every way from a draft to the public goes through a submission and an approval
    assert {key for key, found in TRANSITIONS.items() if found is State.SCHEDULED} == {
        (State.SUBMITTED, Step.APPROVE)
    }
