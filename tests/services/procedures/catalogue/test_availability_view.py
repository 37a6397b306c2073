"""What people read before, during and after a period, and while a procedure is suspended."""

from dataclasses import replace
from datetime import date

import pytest

from authority.text import Text
from services.procedures.catalogue.availability_view import availability_view
from services.procedures.catalogue.definition_files import SourceFolder
from services.procedures.catalogue.model import ProcedureDefinition, State
from services.procedures.catalogue.periods import OncePeriod, Suspension, YearlyPeriod

ONCE = OncePeriod(date(2026, 5, 1), date(2026, 6, 30))
SUMMER = YearlyPeriod((5, 15), (7, 31))
EACH_YEAR = "Ouverte chaque année du 15 mai au 31 juillet."


@pytest.fixture
def definition(shipped: SourceFolder) -> ProcedureDefinition:
    return shipped.definitions[0].definition


@pytest.mark.promise("CAT-05")
@pytest.mark.parametrize(
    ("period", "day", "state", "message"),
    [
        (None, date(2026, 4, 1), "open", None),
        (ONCE, date(2026, 4, 1), "not-yet-open", "Ouvre le 1er mai 2026, jusqu’au 30 juin 2026."),
        (ONCE, date(2026, 5, 1), "open", "Ouverte jusqu’au 30 juin 2026."),
        (ONCE, date(2026, 7, 1), "closed", "Fermée depuis le 30 juin 2026."),
        (SUMMER, date(2026, 6, 1), "open", f"Ouverte jusqu’au 31 juillet 2026. {EACH_YEAR}"),
        (
            SUMMER,
            date(2026, 8, 15),
            "closed",
            f"Fermée depuis le 31 juillet 2026. Rouvre le 15 mai 2027. {EACH_YEAR}",
        ),
    ],
)
def test_the_period_is_told_in_words(
    definition: ProcedureDefinition,
    period: OncePeriod | YearlyPeriod | None,
    day: date,
    state: str,
    message: str | None,
) -> None:
    view = availability_view(replace(definition, period=period), day, "fr")
    assert (view["state"], view["message"]) == (state, message)


def test_the_window_is_given_as_days(definition: ProcedureDefinition) -> None:
    view = availability_view(replace(definition, period=SUMMER), date(2026, 8, 15), "en")
    assert view["opens_on"] == "2027-05-15"
    assert view["closes_on"] == "2027-07-31"
    assert view["closed_since"] == "2026-07-31"
    assert view["message"].endswith("Open each year from 15 May to 31 July.")


@pytest.mark.promise("CAT-06")
@pytest.mark.parametrize(
    ("until", "message"),
    [
        (None, "Suspendue depuis le 20 novembre 2026. Panne du logiciel."),
        (
            date(2026, 12, 1),
            "Suspendue du 20 novembre 2026 au 1er décembre 2026. Panne du logiciel.",
        ),
    ],
)
def test_a_suspension_says_since_when_until_when_and_why(
    definition: ProcedureDefinition, until: date | None, message: str
) -> None:
    reason = Text("Panne du logiciel.", "Software failure.")
    suspended = replace(
        definition,
        state=State.SUSPENDED,
        suspension=Suspension(date(2026, 11, 20), until, reason),
    )
    view = availability_view(suspended, date(2026, 11, 24), "fr")
    assert (view["state"], view["message"]) == ("suspended", message)


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.DRAFT])
def test_what_is_not_shown_is_closed(definition: ProcedureDefinition, state: State) -> None:
    hidden = replace(definition, state=state)
    assert not hidden.availability(date(2026, 11, 24)).is_open
    assert availability_view(hidden, date(2026, 11, 24), "fr")["state"] == "closed"
