"""A partner's procedure: who takes over is said before leaving, and so is an outage."""

from collections.abc import Awaitable, Callable

import aiohttp
import pytest

from tests.journeys.visitors import KINDS, OpenVisitor
from tests.support.portal import RunningPortal, until

PARTNER = "/demarches/abonnement-tango"
DISTURBED = "Le service du partenaire est perturbé en ce moment"
AWAY = "Le service du partenaire ne répond pas en ce moment"
# procedures that lead to the sample partner's site
PARTNERS = 2
# three probes without an answer say that a site is away; one may die before it has noted its own
PROBES = 5
Told = Callable[[], Awaitable[bool]]


@pytest.mark.promise("PAY-05", "SES-02", "ACC-05")
@pytest.mark.parametrize("kind", KINDS)
async def test_one_reads_who_takes_over_before_leaving_for_the_partner(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    visitor = await open_visitor(kind)
    await visitor.open(PARTNER)
    await visitor.follow("Aller chez notre partenaire")
    assert (await visitor.title()).startswith("Vers le site")
    text = await visitor.text()
    for told in ("propres conditions", "en répond", "nous n’envoyons aucune donnée"):
        assert told in text
    await visitor.follow("Continuer vers le site du partenaire")
    # exactly the configured address: nothing was added to it
    assert await visitor.address() == f"{portal.stack.urls['partner']}/"
    assert "Vous avez quitté le portail" in await visitor.text()


@pytest.mark.promise("PAY-06")
async def test_a_partner_that_is_away_is_said_so_while_the_rest_works(
    portal: RunningPortal, open_visitor: OpenVisitor
) -> None:
    visitor = await open_visitor("plain")

    async def is_away() -> bool:
        await visitor.open(PARTNER)
        return AWAY in await visitor.text()

    async def is_told() -> bool:
        await visitor.open(PARTNER)
        text = await visitor.text()
        return DISTURBED in text or AWAY in text

    async def is_back() -> bool:
        return not await is_told()

    assert await is_back()
    await set_partner(portal, "down")
    try:
        await probe_until(portal, is_told)
        await probe_until(portal, is_away)
        await visitor.open("/demarches/carte-decheterie")
        assert AWAY not in await visitor.text()
        await visitor.follow("Commencer la démarche")
        assert (await visitor.title()).startswith("Conditions")
    finally:
        await set_partner(portal, "up")
    await probe_until(portal, is_back)


async def set_partner(portal: RunningPortal, state: str) -> None:
    address = f"{portal.stack.urls['partner']}/api/state"
    async with aiohttp.request("POST", address, json={"state": state}) as response:
        assert response.status == 204


async def probe_until(portal: RunningPortal, told: Told) -> None:
    """Have the partners probed now: a worker does so once a minute, and when it begins."""
    for _ in range(PROBES):
        before = await count_visits(portal)
        portal.stack.kill("procedures-worker")

        async def probed(before: int = before) -> bool:
            return await count_visits(portal) >= before + PARTNERS

        await until(probed)
        if await told():
            return
    await until(told)


async def count_visits(portal: RunningPortal) -> int:
    async with aiohttp.request("GET", f"{portal.stack.urls['partner']}/api/state") as response:
        return int((await response.json())["visits"])
