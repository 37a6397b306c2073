"""The account's own page: favourites first, then its requests; and the button that pins."""

import pytest

from tests.gateway.pages.account.conftest import Browser

CARD = "/demarches/carte-decheterie"


@pytest.mark.promise("ACC-06")
async def test_a_procedure_is_pinned_on_its_page_and_comes_first(browser: Browser) -> None:
    await browser.start("composteur-bac")
    page = await browser.get(CARD)
    pinned = await browser.post("/compte/favoris", page, go="pin")
    assert pinned.headers["Location"] == CARD
    page = await browser.get(CARD)
    assert "Ne plus épingler" in page
    shown = await browser.get("/compte")
    assert 0 < shown.index(f'href="{CARD}"') < shown.index("Mes demandes")
    await browser.post("/compte/favoris", page, go="unpin")
    assert "Épingler à mon compte" in await browser.get(CARD)
    assert f'href="{CARD}"' not in await browser.get("/compte")


async def test_requests_are_listed_newest_first_page_by_page(browser: Browser) -> None:
    drafts = [await browser.start() for _ in range(21)]
    shown = await browser.get("/compte")
    newest, second = (shown.index(f'href="/dossiers/{one.id}"') for one in drafts[:-3:-1])
    assert newest < second
    assert "Reprendre ce brouillon" in shown
    assert f"/dossiers/{drafts[0].id}" not in shown
    older = await browser.get(f"/compte?avant={drafts[1].id}")
    assert f"/dossiers/{drafts[0].id}" in older
    assert "Page suivante" not in older


@pytest.mark.promise("AVA-03")
async def test_without_procedures_the_account_says_so_and_shows_the_rest(browser: Browser) -> None:
    await browser.servers["procedures"].close()
    shown = await browser.get("/compte")
    assert "Vos demandes ne peuvent pas être affichées" in shown
    assert "manon.pagnol@courriel.example" in shown
