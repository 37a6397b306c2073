"""The day on which silence decides, papers awaited meanwhile included (CRPA L114-5)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authority.text import Text
from services.procedures.catalogue.model import ImplicitDecision, Outcome
from services.procedures.catalogue.periods import Duration, Unit
from services.procedures.catalogue.working_days import is_working_day
from services.procedures.lifecycle.implicit_decision import ImplicitDay, Wait, implicit_day

pytestmark = pytest.mark.promise("REQ-05")

BASIS = Text("Article L231-1.", "Article L231-1.")
FILED = date(2026, 11, 24)


def rule(
    value: int = 2,
    unit: Unit = Unit.MONTHS,
    outcome: Outcome = Outcome.REFUSAL,
    *,
    on_working_day: bool = False,
) -> ImplicitDecision:
    return ImplicitDecision(Duration(value, unit), outcome, BASIS, on_working_day)


ACCEPTED = rule(outcome=Outcome.ACCEPTANCE)
RULES = st.builds(
    rule,
    st.integers(1, 24),
    st.sampled_from(list(Unit)),
    st.sampled_from(list(Outcome)),
    on_working_day=st.booleans(),
)
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("found", "filed", "day"),
    [
        (rule(), date(2026, 11, 24), date(2027, 1, 24)),
        (rule(), date(2026, 12, 31), date(2027, 2, 28)),
        (rule(), date(2027, 12, 30), date(2028, 2, 29)),
        (rule(), date(2026, 6, 14), date(2026, 8, 14)),
        (rule(on_working_day=True), date(2026, 11, 24), date(2027, 1, 25)),
        (rule(on_working_day=True), date(2026, 9, 25), date(2026, 11, 25)),
        (rule(on_working_day=True), date(2026, 3, 14), date(2026, 5, 15)),
        (rule(5, Unit.WORKING_DAYS), date(2026, 4, 30), date(2026, 5, 11)),
        (rule(10, Unit.DAYS), date(2026, 12, 25), date(2027, 1, 4)),
        (rule(3, Unit.WEEKS), date(2026, 12, 25), date(2027, 1, 15)),
    ],
)
def test_it_follows_the_procedure_s_rule(found: ImplicitDecision, filed: date, day: date) -> None:
    assert implicit_day(found, filed) == ImplicitDay(day)


def test_silence_that_refuses_stands_still_until_the_papers_come() -> None:
    asked = Wait(date(2026, 12, 1), date(2026, 12, 31), date(2026, 12, 11), received=True)
    assert implicit_day(rule(), FILED, [asked]) == ImplicitDay(date(2027, 2, 3))


def test_it_stands_still_no_longer_than_the_time_given() -> None:
    given_time = Wait(date(2026, 12, 1), date(2026, 12, 31))
    late = Wait(date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 20), received=True)
    expected = date(2027, 1, 24) + timedelta(days=30)
    assert implicit_day(rule(), FILED, [given_time]) == ImplicitDay(expected, date(2026, 12, 1))
    assert implicit_day(rule(), FILED, [late]) == ImplicitDay(expected)


def test_silence_that_accepts_begins_anew_with_the_papers() -> None:
    asked = Wait(date(2026, 12, 1), date(2026, 12, 31), date(2026, 12, 11), received=True)
    assert implicit_day(ACCEPTED, FILED, [asked]) == ImplicitDay(date(2027, 2, 11))


def test_silence_accepts_nothing_while_papers_are_awaited() -> None:
    awaited = Wait(date(2026, 12, 1), date(2026, 12, 31))
    assert implicit_day(ACCEPTED, FILED, [awaited]) == ImplicitDay(None, date(2026, 12, 1))


def test_a_second_question_goes_on_with_the_wait_of_the_first() -> None:
    first = Wait(date(2026, 12, 1), date(2026, 12, 31), date(2026, 12, 8))
    second = Wait(date(2026, 12, 8), date(2027, 1, 8), date(2026, 12, 21), received=True)
    assert implicit_day(rule(), FILED, [second, first]) == ImplicitDay(date(2027, 2, 13))
    assert implicit_day(ACCEPTED, FILED, [first, second]) == ImplicitDay(date(2027, 2, 21))


def test_a_replaced_question_does_not_let_silence_accept() -> None:
    replaced = Wait(date(2026, 12, 1), date(2026, 12, 31), date(2026, 12, 8))
    assert implicit_day(ACCEPTED, FILED, [replaced]) == ImplicitDay(None)


def test_what_is_asked_once_the_decision_is_born_changes_nothing() -> None:
    late = Wait(date(2027, 1, 25), date(2027, 2, 25))
    assert implicit_day(rule(), FILED, [late]) == ImplicitDay(date(2027, 1, 24))
    assert implicit_day(ACCEPTED, FILED, [late]) == ImplicitDay(date(2027, 1, 24))


def test_working_days_that_pass_while_papers_are_awaited_do_not_count() -> None:
    # Thursday 24 December to Monday 4 January: 24, 28 to 31 December stand still
    asked = Wait(date(2026, 12, 24), date(2027, 1, 24), date(2027, 1, 4), received=True)
    found = rule(10, Unit.WORKING_DAYS)
    assert implicit_day(found, date(2026, 12, 18)).on == date(2027, 1, 5)
    assert implicit_day(found, date(2026, 12, 18), [asked]).on == date(2027, 1, 12)


@given(RULES, DAYS)
def test_the_day_comes_after_the_filing_and_suits_its_rule(
    found: ImplicitDecision, filed: date
) -> None:
    day = implicit_day(found, filed).on
    assert day is not None
    assert day > filed
    wanted = found.ends_on_working_day or found.after.unit is Unit.WORKING_DAYS
    assert not wanted or is_working_day(day)


@given(RULES, DAYS, st.integers(0, 40), st.integers(1, 60), st.integers(0, 60))
def test_awaiting_never_brings_the_day_forward(
    found: ImplicitDecision, filed: date, asked: int, allowed: int, answered: int
) -> None:
    start = filed + timedelta(days=asked)
    end = start + timedelta(days=answered)
    without = implicit_day(found, filed).on
    open_wait = Wait(start, start + timedelta(days=allowed))
    waiting = implicit_day(found, filed, [open_wait]).on
    received = Wait(open_wait.asked_on, open_wait.deadline_on, end, received=True)
    after = implicit_day(found, filed, [received]).on
    assert after is not None
    assert without is not None
    assert after >= without
    # what the person was told while waiting was the latest possible day
    assert waiting is None or waiting >= after


@given(DAYS, st.integers(1, 30), st.integers(1, 30))
def test_a_refusal_moves_by_the_days_that_were_waited(filed: date, asked: int, waited: int) -> None:
    start = filed + timedelta(days=asked)
    wait = Wait(start, start + timedelta(days=90), start + timedelta(days=waited), received=True)
    plain = implicit_day(rule(), filed).on
    assert plain is not None
    assert implicit_day(rule(), filed, [wait]).on == plain + timedelta(days=waited)
