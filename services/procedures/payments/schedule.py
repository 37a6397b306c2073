"""When an attempt is looked up next (the protocol bounds the openings, not the results)."""

from datetime import datetime, timedelta

from services.procedures.payments.model import LIVE, AttemptState

# age of the attempt -> time between two look-ups
STEPS = (
    (timedelta(minutes=15), timedelta(minutes=2)),
    (timedelta(hours=1), timedelta(minutes=5)),
    (timedelta(hours=2), timedelta(minutes=15)),
    (timedelta(days=1), timedelta(hours=1)),
    (timedelta(days=7), timedelta(hours=6)),
)
SLOWEST = timedelta(days=1)
# the protocol asks for half an hour between look-ups once a technical error came
AFTER_ERROR = timedelta(minutes=30)
# a payment may still come after an end that was none (rule 4): ages of the last look-ups
AFTER_THE_END = (timedelta(hours=2), timedelta(hours=26), timedelta(days=8))
# results can be asked for a year: an end that could not be checked is asked about until then
ASKABLE = timedelta(days=365)
# the address of the page never reached the payer: the DGFiP refuses to open it after this
OPENING = timedelta(minutes=15)
# form mode has no look-up: what no daily file names by then is over
FORM_ENDS = timedelta(days=5)


def next_look_up(
    state: AttemptState, created_at: datetime, now: datetime, *, after_error: bool = False
) -> datetime | None:
    """Return the instant of the next look-up, None when there is none to make."""
    if state in (AttemptState.PAID, AttemptState.FAILED):
        return None
    if state not in LIVE:
        return _after_the_end(created_at, now, after_error=after_error)
    if state is AttemptState.DISPUTED:
        return now + SLOWEST
    age = now - created_at
    step = next((pause for limit, pause in STEPS if age < limit), SLOWEST)
    return now + (max(step, AFTER_ERROR) if after_error else step)


def _after_the_end(created_at: datetime, now: datetime, *, after_error: bool) -> datetime | None:
    """Return the next look-up of what seems over; the last one must have been answered."""
    planned = next((at for age in AFTER_THE_END if (at := created_at + age) > now), None)
    if planned is None and after_error and now - created_at < ASKABLE:
        return now + SLOWEST
    return planned
