"""The rules of the protocol, one by one, on every state (PAY-02)."""

import pytest

from services.procedures.payments.judgement import AlertKind, judge
from services.procedures.payments.model import (
    ATTEMPT_TRANSITIONS,
    DEBT_TRANSITIONS,
    LIVE,
    AttemptState,
    DebtState,
)
from services.procedures.payments.schedule import AFTER_ERROR
from services.procedures.payments.transaction import Faulted
from tests.services.procedures.payments.samples import (
    DOWN,
    NEVER_KNOWN,
    NO_SUCH,
    START,
    after,
    answered,
    attempt,
)

pytestmark = pytest.mark.promise("PAY-02")
TEST = frozenset("TX")
REAL = frozenset("AMW")
S = AttemptState
SPOILT = [
    {"montant": "4591"},
    {"montant": ""},
    {"montant": "45,90"},
    {"numcli": "000001"},
    {"refdet": "202600000000000124"},
    {"saisie": "X"},
    {"idop": "0191f0a0-0000-7000-8000-00000000ffff"},
]


@pytest.mark.parametrize(
    ("result", "state"),
    [("P", S.PAID), ("V", S.PAID), ("R", S.REFUSED), ("Z", S.REFUSED), ("A", S.ABANDONED)],
)
def test_each_result_has_its_state(result: str, state: AttemptState) -> None:
    verdict = judge(attempt(), answered(resultrans=result), after(minutes=10), TEST)
    assert verdict.state is state
    assert verdict.alerts == ()


@pytest.mark.parametrize("state", [state for state in S if state is not S.PAID])
@pytest.mark.parametrize("result", ["P", "V"])
def test_a_payment_wins_over_every_state(state: AttemptState, result: str) -> None:
    verdict = judge(attempt(state=state), answered(resultrans=result), after(days=3), TEST)
    assert verdict.state is S.PAID
    assert verdict.next_look_up_at is None
    assert verdict.alerts == (() if state in LIVE else (AlertKind.PAID_LATE,))


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_result_that_differs_credits_nothing_and_is_told(
    state: AttemptState, spoilt: dict[str, str]
) -> None:
    verdict = judge(attempt(state=state), answered(**spoilt), after(minutes=10), TEST)
    if state is S.PAID:
        assert verdict.state is S.PAID
        return
    # what is over stays so: another attempt on the bill may be live
    assert verdict.state is (S.DISPUTED if state in LIVE else state)
    assert verdict.alerts == (AlertKind.MISMATCH,)


@pytest.mark.parametrize("spoilt", SPOILT)
@pytest.mark.parametrize("result", ["R", "Z", "A"])
def test_an_end_that_differs_changes_nothing_and_is_told(
    result: str, spoilt: dict[str, str]
) -> None:
    found = answered(resultrans=result, **spoilt)
    verdict = judge(attempt(), found, after(minutes=30), TEST)
    assert verdict.state is S.OPEN
    assert verdict.alerts == (AlertKind.MISMATCH,)


@pytest.mark.parametrize("saisie", ["T", "X"])
def test_a_test_payment_is_no_money_in_production(saisie: str) -> None:
    verdict = judge(attempt(saisie=saisie), answered(saisie=saisie), after(minutes=5), REAL)
    assert verdict.state is S.DISPUTED
    assert verdict.alerts == (AlertKind.TEST_PAYMENT,)


def test_zero_padding_is_the_same_amount() -> None:
    found = answered(montant="000004590")
    assert judge(attempt(), found, after(minutes=5), TEST).state is S.PAID


def test_an_abandonment_is_final_five_minutes_after_its_own_time_stamp() -> None:
    found = answered(resultrans="A", heurtrans="1004")
    early = judge(attempt(), found, after(minutes=8, seconds=59), TEST)
    assert (early.state, early.next_look_up_at) == (S.OPEN, after(minutes=9))
    assert judge(attempt(), found, after(minutes=9), TEST).state is S.ABANDONED


def test_an_abandonment_without_a_time_stamp_waits_for_the_end_of_the_openings() -> None:
    found = answered(resultrans="A", dattrans="", heurtrans="")
    assert judge(attempt(), found, after(minutes=19), TEST).state is S.OPEN
    assert judge(attempt(), found, after(minutes=20), TEST).state is S.ABANDONED


def test_in_the_hour_that_comes_twice_an_abandonment_waits_for_the_later_one() -> None:
    start = START.replace(month=10, day=25, hour=0)
    found = answered(resultrans="A", dattrans="25102026", heurtrans="0230")
    first_half_past_two = start.replace(minute=40)
    assert judge(attempt(created_at=start), found, first_half_past_two, TEST).state is S.OPEN
    second = start.replace(hour=1, minute=35)
    assert judge(attempt(created_at=start), found, second, TEST).state is S.ABANDONED


@pytest.mark.parametrize("hours", [0.1, 2, 23.9, 100])
def test_not_known_yet_is_pending_however_long(hours: float) -> None:
    verdict = judge(attempt(), NEVER_KNOWN, after(hours=hours), TEST)
    assert verdict.state is S.OPEN
    assert verdict.next_look_up_at is not None
    assert verdict.alerts == ((AlertKind.PENDING,) if hours >= 24 else ())


def test_not_known_after_a_week_is_over_and_told() -> None:
    verdict = judge(attempt(), NEVER_KNOWN, after(days=7), TEST)
    assert (verdict.state, verdict.alerts) == (S.EXPIRED, (AlertKind.PENDING,))
    assert verdict.next_look_up_at == after(days=8)


def test_no_such_payment_is_dead_only_after_a_day() -> None:
    assert judge(attempt(), NO_SUCH, after(hours=24), TEST).state is S.OPEN
    assert judge(attempt(), NO_SUCH, after(hours=24, seconds=1), TEST).state is S.EXPIRED


@pytest.mark.parametrize("found", [answered(resultrans="Q"), Faulted("X9", ""), Faulted("", "")])
def test_what_is_not_known_is_pending_and_told(found: object) -> None:
    verdict = judge(attempt(), found, after(minutes=5), TEST)  # type: ignore[arg-type]
    assert (verdict.state, verdict.alerts) == (S.OPEN, (AlertKind.UNKNOWN_RESULT,))


def test_silence_changes_nothing_and_waits_half_an_hour() -> None:
    verdict = judge(attempt(), DOWN, after(minutes=5), TEST)
    assert (verdict.state, verdict.alerts) == (S.OPEN, ())
    assert verdict.next_look_up_at == after(minutes=5) + AFTER_ERROR
    assert judge(attempt(), DOWN, after(days=2), TEST).alerts == (AlertKind.UNREACHABLE,)


@pytest.mark.parametrize("state", [S.REFUSED, S.ABANDONED, S.EXPIRED, S.FAILED])
@pytest.mark.parametrize(
    "found", [NEVER_KNOWN, NO_SUCH, DOWN, answered(resultrans="A"), answered(resultrans="R")]
)
def test_nothing_but_a_payment_brings_back_what_is_over(state: AttemptState, found: object) -> None:
    verdict = judge(attempt(state=state), found, after(hours=30), TEST)  # type: ignore[arg-type]
    assert verdict.state is state


@pytest.mark.parametrize("state", [state for state in S if state in LIVE])
@pytest.mark.parametrize("found", [NEVER_KNOWN, NO_SUCH, DOWN, answered(resultrans="Q")])
@pytest.mark.parametrize("minutes", [0, 14, 59, 119, 1439, 10_000])
def test_what_is_live_is_always_looked_up_again(
    state: AttemptState, found: object, minutes: int
) -> None:
    now = after(minutes=minutes)
    verdict = judge(attempt(state=state), found, now, TEST)  # type: ignore[arg-type]
    assert verdict.next_look_up_at is not None
    assert verdict.next_look_up_at > now


@pytest.mark.parametrize("state", list(S))
def test_each_verdict_is_a_transition_of_the_table(state: AttemptState) -> None:
    found = [NEVER_KNOWN, NO_SUCH, DOWN, Faulted("X9", ""), answered(montant="1")]
    found += [answered(resultrans=result) for result in "PVRZAQ"]
    for one in found:
        for days in (0, 0.02, 1, 2, 8, 400):
            verdict = judge(attempt(state=state), one, after(days=days), TEST)
            assert verdict.state is state or verdict.state in ATTEMPT_TRANSITIONS[state]


def test_every_state_has_its_transitions_and_paid_has_none() -> None:
    assert set(ATTEMPT_TRANSITIONS) == set(AttemptState)
    assert set(DEBT_TRANSITIONS) == set(DebtState)
    assert ATTEMPT_TRANSITIONS[S.PAID] == frozenset()
    assert all(S.PAID in ATTEMPT_TRANSITIONS[state] for state in S if state is not S.PAID)
