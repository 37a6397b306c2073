"""What becomes of an attempt that no look-up can tell about: no number, or form mode."""

from datetime import datetime, timedelta

from services.procedures.payments.judgement import (
    ABANDONMENT_SETTLES,
    AlertKind,
    Verdict,
)
from services.procedures.payments.model import Attempt, AttemptState
from services.procedures.payments.schedule import FORM_ENDS, OPENING, SLOWEST
from services.procedures.payments.transaction import ABANDONED

# longer than the longest creation: whoever was making it has died
CREATION_ENDS = timedelta(minutes=1)


def age(attempt: Attempt, now: datetime) -> Verdict:
    """Return what time alone makes of `attempt`."""
    elapsed = now - attempt.created_at
    if attempt.state is AttemptState.STARTED:
        return _age_started(attempt, elapsed, now)
    if attempt.state is AttemptState.UNKNOWN:
        # the address of the page never reached the payer, and can no longer be opened
        over = elapsed >= OPENING
        state = AttemptState.EXPIRED if over else AttemptState.UNKNOWN
        return Verdict(state, None if over else attempt.created_at + OPENING)
    if attempt.state is AttemptState.OPEN:
        return _age_open(attempt, elapsed)
    if attempt.state is AttemptState.DECLARED and elapsed >= FORM_ENDS:
        return Verdict(attempt.state, now + SLOWEST, (AlertKind.UNRECONCILED,))
    if attempt.is_live:
        return Verdict(attempt.state, max(attempt.created_at + FORM_ENDS, now + SLOWEST))
    return Verdict(attempt.state, None)


def _age_started(attempt: Attempt, elapsed: timedelta, now: datetime) -> Verdict:
    if elapsed < CREATION_ENDS:
        return Verdict(attempt.state, attempt.created_at + CREATION_ENDS)
    when = max(attempt.created_at + OPENING, now)
    return Verdict(AttemptState.UNKNOWN, when, (AlertKind.CREATION_UNKNOWN,))


def _age_open(attempt: Attempt, elapsed: timedelta) -> Verdict:
    """Form mode: an abandonment settles, and what no daily file named is over."""
    ends_at = attempt.created_at + FORM_ENDS
    if attempt.result == ABANDONED and attempt.returned_at is not None:
        stamp = attempt.transacted_at or attempt.returned_at
        settles_at = stamp + ABANDONMENT_SETTLES
        if attempt.created_at + elapsed >= settles_at:
            return Verdict(AttemptState.ABANDONED, None)
        return Verdict(attempt.state, settles_at)
    if elapsed >= FORM_ENDS:
        return Verdict(AttemptState.EXPIRED, None)
    return Verdict(attempt.state, ends_at)
