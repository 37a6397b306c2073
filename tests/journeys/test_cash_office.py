"""The cash officer of the demonstration, and a partner whose site is away, over plain pages."""

from collections.abc import Awaitable, Callable

import aiohttp
import pytest
from yarl import URL

from tests.journeys import steps
from tests.journeys.staff import sign_in
from tests.journeys.test_payment import leave, new_reference, open_bill
from tests.journeys.visitors import OpenVisitor
from tests.support.portal import RunningPortal, until

PARTNER = "/demarches/abonnement-tango"
AWAY = "Le service du partenaire ne répond pas en ce moment"
WRONG = {"result": "P", "notify": "now", "echo": {"montant": "100"}}

# procedures that lead to the sample partner's site
PARTNERS = 2
# three probes without an answer say that a site is away; one may die before it has noted its own
PROBES = 5
Told = Callable[[], Awaitable[bool]]


@pytest.mark.promise("PAY-02", "PAY-04")
async def test_the_cash_officer_sees_the_attempts_and_what_is_to_be_seen_to(
    portal: RunningPortal, open_visitor: OpenVisitor
) -> None:
    payer, reference = await open_visitor("plain"), new_reference()
    own = await open_bill(payer, reference, steps.new_address())
    await leave(payer)
    idop = URL(await payer.address()).query["idop"]
    decision = f"{portal.stack.urls['dgfip']}/api/operations/{idop}/decision"
    async with aiohttp.request("POST", decision, json=WRONG) as response:
        assert response.status == 200
    await payer.open(URL(own).path)
    assert "Le régisseur vérifie. Ne payez pas une seconde fois" in await payer.text()

    officer = await open_visitor("plain")
    await sign_in(portal, officer, "rachel.regie", "/agents/regie", "Régies")
    await officer.follow("eau")
    text = await officer.text()
    assert "Réponse différente de la demande" in text
    [row] = [line for line in text.split(" Interroger la DGFiP sur ") if reference in line][:1]
    assert "45,90 €" in row
    assert "à vérifier" in row
    await officer.press("C’est vu")
    assert "C’est enregistré" in await officer.text()


@pytest.mark.promise("PAY-06")
async def test_a_partner_that_is_away_is_said_so_while_the_rest_works(
    portal: RunningPortal, open_visitor: OpenVisitor
) -> None:
    visitor = await open_visitor("plain")

    async def is_away() -> bool:
        await visitor.open(PARTNER)
        return AWAY in await visitor.text()

    async def is_back() -> bool:
        return not await is_away()

    assert await is_back()
    await set_partner(portal, "down")
    try:
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
