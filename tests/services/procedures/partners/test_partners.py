"""Partners: their health, the way to them, and departures without a name (PAY-05, PAY-06)."""

from datetime import date

import pytest

from authority.profile import AuthorityProfile
from chassis.circuit_breaker import CircuitBreaker
from chassis.database import Database
from services.procedures.catalogue.model import Kind
from services.procedures.catalogue.service import CatalogueService
from services.procedures.partners.model import SiteState, TargetNotFound
from services.procedures.partners.service import PartnerService
from tests.services.procedures.portal import SetClock

HOUSING, WATER = "demande-logement-social", "paiement-facture-eau"
STAND_IN = "http://127.0.0.1:8027/"


class Site:
    """A partner's site that answers or not; what was asked of it."""

    def __init__(self) -> None:
        self.answers = True
        self.asked: set[str] = set()

    async def probe(self, url: str) -> bool:
        self.asked.add(url)
        return self.answers


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def provider(clock: SetClock) -> CircuitBreaker:
    return CircuitBreaker(clock)


@pytest.fixture
def partners(
    seeded: Database,
    profile: AuthorityProfile,
    clock: SetClock,
    site: Site,
    provider: CircuitBreaker,
) -> PartnerService:
    catalogue = CatalogueService(seeded, profile, clock)
    return PartnerService(seeded, catalogue, clock, site.probe, {Kind.PARTNER: STAND_IN}, provider)


async def state(partners: PartnerService, procedure: str = HOUSING) -> SiteState:
    return (await partners.find_target(procedure)).state


@pytest.mark.promise("PAY-06")
async def test_the_first_failure_is_told_three_say_down_and_one_answer_says_up(
    partners: PartnerService, site: Site
) -> None:
    assert await state(partners) is SiteState.UP
    assert await partners.probe_all()
    assert await state(partners) is SiteState.UP
    site.answers = False
    for _ in range(2):
        assert not await partners.probe_all()
        assert await state(partners) is SiteState.DISTURBED
    await partners.probe_all()
    assert await state(partners) is SiteState.DOWN
    site.answers = True
    await partners.probe_all()
    assert await state(partners) is SiteState.UP


@pytest.mark.promise("PAY-06")
async def test_a_call_that_fails_for_a_payer_is_told_at_once_and_for_payments_alone(
    partners: PartnerService, provider: CircuitBreaker, clock: SetClock
) -> None:
    await partners.probe_all()
    provider.failed()
    assert await state(partners, WATER) is SiteState.DISTURBED
    assert await state(partners) is SiteState.UP
    provider.succeeded()
    assert await state(partners, WATER) is SiteState.UP


@pytest.mark.promise("PAY-05")
async def test_one_is_led_to_configured_addresses_only(
    partners: PartnerService, site: Site
) -> None:
    assert (await partners.find_target(HOUSING)).url == STAND_IN
    for unknown in ("carte-decheterie", "https://exemple.fr", "", "../x"):
        with pytest.raises(TargetNotFound):
            await partners.depart(unknown)
    await partners.probe_all()
    assert STAND_IN in site.asked
    assert not any("logement-social.gouv.fr" in url for url in site.asked)


@pytest.mark.promise("PAY-05")
async def test_departures_are_counted_by_day_and_nothing_more(
    partners: PartnerService, seeded: Database
) -> None:
    for _ in range(3):
        await partners.depart(HOUSING)
    today = date(2026, 11, 24)
    assert await partners.list_departures(today) == [(HOUSING, today, 3)]
    assert await partners.list_departures(date(2026, 11, 25)) == []
