"""Whether a procedure is open, in words: before, during and after its period (CAT-05, CAT-06)."""

from datetime import date
from typing import Any

from authority.text import Text
from services.procedures.catalogue import wording
from services.procedures.catalogue.model import ProcedureDefinition
from services.procedures.catalogue.periods import (
    Availability,
    AvailabilityState,
    Suspension,
    YearlyPeriod,
)
from services.procedures.forms.display import day_and_month, long_date


def availability_view(definition: ProcedureDefinition, on: date, language: str) -> dict[str, Any]:
    """Return state, days (ISO or None) and a sentence, None for one that is simply open."""
    availability = definition.availability(on)
    suspension = availability.suspension
    return {
        "state": availability.state.value,
        "opens_on": _iso(availability.opens_on),
        "closes_on": _iso(availability.closes_on),
        "closed_since": _iso(availability.closed_since),
        "suspended_since": _iso(suspension.since if suspension else None),
        "suspended_until": _iso(suspension.until if suspension else None),
        "message": " ".join(_sentences(definition, availability, language)) or None,
    }


def _sentences(
    definition: ProcedureDefinition, availability: Availability, language: str
) -> list[str]:
    if availability.suspension is not None:
        return _suspension_sentences(availability.suspension, language)
    sentences = [_state_sentence(availability, language)]
    if isinstance(definition.period, YearlyPeriod):
        if availability.state is AvailabilityState.CLOSED:
            sentences.append(_filled(wording.REOPENS, language, opens=availability.opens_on))
        first = day_and_month(*definition.period.first, language)
        last = day_and_month(*definition.period.last, language)
        yearly = wording.YEARLY_PERIOD.in_language(language)
        sentences.append(yearly.format(first=first, last=last))
    return [sentence for sentence in sentences if sentence]


def _state_sentence(availability: Availability, language: str) -> str:
    opens, closes = availability.opens_on, availability.closes_on
    if closes is None:
        is_open = availability.state is AvailabilityState.OPEN
        return "" if is_open else wording.NO_LONGER_OFFERED.in_language(language)
    if availability.state is AvailabilityState.OPEN:
        return _filled(wording.OPEN_UNTIL, language, closes=closes)
    if availability.state is AvailabilityState.NOT_YET_OPEN:
        return _filled(wording.NOT_YET_OPEN, language, opens=opens, closes=closes)
    return _filled(wording.CLOSED_SINCE, language, closes=availability.closed_since)


def _suspension_sentences(suspension: Suspension, language: str) -> list[str]:
    known = suspension.until is not None
    sentence = wording.SUSPENDED_UNTIL if known else wording.SUSPENDED_SINCE
    when = _filled(sentence, language, since=suspension.since, until=suspension.until)
    return [when, suspension.reason.in_language(language)]


def _filled(sentence: Text, language: str, **days: date | None) -> str:
    written = {name: long_date(day, language) for name, day in days.items() if day is not None}
    return sentence.in_language(language).format(**written)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
