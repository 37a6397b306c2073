"""Each process killed in turn: the others answer, people are told, it comes back (AVA-01, AVA-03).

While it is down, a page of a request is being filled: what was typed is never lost.
"""

from dataclasses import dataclass

import aiohttp
import pytest

from deploy.local.stack import Stack
from tests.faults.conftest import KeepDown
from tests.journeys import steps
from tests.journeys.plain_visitor import PlainVisitor
from tests.support.plain_browser import PlainBrowser
from tests.support.portal import RunningPortal, until

pytestmark = [pytest.mark.faults, pytest.mark.promise("AVA-01", "AVA-03")]
STREET = "12 rue de la République"
NEXT = "Enregistrer et continuer"


@dataclass(frozen=True)
class Loss:
    """What the absence of a process means: the band on every page, what health says is down."""

    band: str
    down: str


LOSSES = {
    "legal": Loss("Les conditions d’utilisation ne répondent pas.", "legal"),
    "identity": Loss("La connexion aux comptes ne répond pas.", "identity"),
    "procedures": Loss("Les demandes ne répondent pas pour le moment.", "procedures"),
}


async def fill_address(visitor: PlainVisitor) -> None:
    """Be in the middle of a request: its second page typed, not yet sent."""
    await visitor.open("/demarches/carte-decheterie/commencer")
    await steps.accept_terms(visitor)
    await visitor.fill({**steps.PERSON, "champ-email": steps.new_address()})
    await visitor.press(NEXT)
    await visitor.fill(steps.ADDRESS)


@pytest.mark.parametrize("name", LOSSES)
async def test_a_service_that_dies_is_told_and_the_rest_goes_on(
    portal: RunningPortal, visitor: PlainVisitor, keep_down: KeepDown, name: str
) -> None:
    loss = LOSSES[name]
    await read_everything(portal)
    async with keep_down(name):
        await until_told(portal, loss.band)
        health = await portal.health()
        assert health["status"] == "degraded"
        down = {part for part, found in health["checks"].items() if found["status"] == "down"}
        assert down == {loss.down}
        await read_everything(portal)
    await until_told(portal, loss.band, told=False)


async def read_everything(portal: RunningPortal) -> None:
    """Read what everybody reads: it was shown before, it still is."""
    async with PlainBrowser(portal.url) as browser:
        for path in ("/", "/demarches", "/demarches/carte-decheterie", "/cookies", "/suivi"):
            page = await browser.open(path)
            assert page.status == 200, (path, page.text)
        page = await browser.open("/connexion")
        assert page.status == 200


async def until_told(portal: RunningPortal, band: str, *, told: bool = True) -> None:
    async with PlainBrowser(portal.url) as browser:

        async def look() -> bool:
            return (band in (await browser.open("/demarches")).text) == told

        await until(look)


@pytest.mark.promise("SES-03")
@pytest.mark.parametrize("name", ["procedures", "redis", "postgres"])
async def test_what_is_typed_while_a_part_is_down_comes_back_and_can_be_sent(
    portal: RunningPortal, visitor: PlainVisitor, keep_down: KeepDown, name: str
) -> None:
    await fill_address(visitor)
    async with keep_down(name):
        await visitor.press(NEXT)
        assert visitor.page.status == 503
        assert STREET in visitor.page.text
        assert "saisie est conservée" in visitor.page.text
        still_read = await visitor.browser.open("/demarches")
        assert still_read.status == 200
    await visitor.press("Reprendre")
    assert (await visitor.title()).startswith("La carte – "), visitor.page.text
    await visitor.follow("Étape précédente")
    assert await visitor.value("champ-street_address") == STREET


@pytest.mark.parametrize("name", ["legal", "identity"])
async def test_a_request_goes_on_without_the_services_that_it_does_not_need(
    portal: RunningPortal, visitor: PlainVisitor, keep_down: KeepDown, name: str
) -> None:
    email = steps.new_address()
    await steps.prepare_request(visitor, email)
    async with keep_down(name):
        filed = await steps.certify_and_file(visitor)
        [mail] = await portal.mails(email)
        assert filed.number in mail["text"]


async def test_an_acknowledgement_waits_for_the_worker(
    portal: RunningPortal, stack: Stack, visitor: PlainVisitor, keep_down: KeepDown
) -> None:
    email = steps.new_address()
    await steps.prepare_request(visitor, email)
    async with keep_down("procedures-worker"):
        with pytest.raises(aiohttp.ClientError):
            await portal.health("procedures-worker")
        filed = await steps.certify_and_file(visitor)
        assert await portal.mails(email, least=0) == []
    [mail] = await portal.mails(email)
    assert filed.number in mail["text"]


async def test_a_gateway_that_dies_forgets_nobody(
    portal: RunningPortal, stack: Stack, visitor: PlainVisitor, keep_down: KeepDown
) -> None:
    await fill_address(visitor)
    async with keep_down("gateway"):
        with pytest.raises(aiohttp.ClientError):
            await portal.health()
        assert (await portal.health("procedures"))["status"] == "up"
    await visitor.press(NEXT)
    assert (await visitor.title()).startswith("La carte – ")


async def test_redis_that_dies_is_named_and_its_sessions_come_back(
    portal: RunningPortal, visitor: PlainVisitor, keep_down: KeepDown
) -> None:
    await fill_address(visitor)
    address = await visitor.address()
    async with keep_down("redis"):
        health = await portal.health()
        assert health["status"] == "down"
        assert health["checks"]["redis"]["status"] == "down"
        shown = await visitor.browser.open("/")
        assert shown.status == 200
    await visitor.open(address)
    assert visitor.page.status == 200
    assert await visitor.value("champ-postal_code") == ""
    await visitor.fill(steps.ADDRESS)
    await visitor.press(NEXT)
    assert (await visitor.title()).startswith("La carte – ")


async def test_postgresql_that_dies_is_named_and_loses_nothing_saved(
    portal: RunningPortal, visitor: PlainVisitor, keep_down: KeepDown
) -> None:
    email = steps.new_address()
    await steps.prepare_request(visitor, email)
    filed = await steps.certify_and_file(visitor)
    async with keep_down("postgres"):
        health = await portal.health("procedures")
        assert health["status"] == "down"
        assert health["checks"]["database"]["status"] == "down"
        shown = await visitor.browser.open("/demarches/carte-decheterie")
        assert shown.status == 200
    await visitor.open("/")
    await steps.follow_file(visitor, filed.number, filed.code)
    assert (await visitor.title()).startswith(f"Dossier {filed.number}")
