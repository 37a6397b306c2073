"""A form saved while it is typed, in Chromium: conflicts, cuts, questions that come and go."""

import pytest
from playwright.async_api import Page, expect

from tests.journeys.steps import ADDRESS, PERSON, accept_terms, new_address
from tests.journeys.visitors import ChromiumVisitor
from tests.support.browser import Person
from tests.support.portal import RunningPortal

pytestmark = [pytest.mark.promise("REQ-01", "SES-04"), pytest.mark.asyncio(loop_scope="session")]

STATUS = "p[data-saving]"
WAIT = 15_000


async def at_first_step(portal: RunningPortal, page: Page) -> ChromiumVisitor:
    visitor = ChromiumVisitor(page, portal.url)
    await visitor.open("/demarches/carte-decheterie/commencer")
    await accept_terms(visitor)
    return visitor


async def is_saved(page: Page) -> None:
    saved = page.locator("p[data-saving='saved']")
    await expect(saved).to_contain_text("Enregistré à", timeout=WAIT)


async def test_typing_is_saved_without_any_button_and_faults_are_kept(
    portal: RunningPortal, open_page: Person
) -> None:
    page = await open_page()
    visitor = await at_first_step(portal, page)
    await visitor.fill({"champ-family_name": "Pagnol", "champ-email": "pas encore"})
    await expect(page.locator(STATUS)).to_have_text("Pas encore enregistré")
    await is_saved(page)
    assert await page.locator(".notice.error").count() == 0
    other = await page.context.new_page()
    await other.goto(page.url)
    assert await other.locator("#champ-email").input_value() == "pas encore"
    # nothing is lost by leaving: the browser asks nothing
    await page.reload()
    assert await page.locator("#champ-family_name").input_value() == "Pagnol"


async def test_the_button_is_never_refused_for_what_was_saved_before_it(
    portal: RunningPortal, open_page: Person
) -> None:
    page = await open_page()
    visitor = await at_first_step(portal, page)
    await visitor.fill({**PERSON, "champ-email": new_address()})
    await is_saved(page)
    await visitor.fill({"champ-family_name": "Soubeyran"})
    await visitor.press("Enregistrer et continuer")
    assert page.url.endswith("/etapes/adresse")


async def test_two_tabs_are_shown_side_by_side(portal: RunningPortal, open_page: Person) -> None:
    page = await open_page()
    visitor = await at_first_step(portal, page)
    other = await page.context.new_page()
    await other.goto(page.url)
    await visitor.fill({"champ-family_name": "Pagnol"})
    await is_saved(page)
    await other.locator("#champ-family_name").fill("Soubeyran")
    notice = other.locator(".notice.warning")
    await expect(notice).to_contain_text("modifié ailleurs", timeout=WAIT)
    await expect(notice.locator("tbody tr > *")).to_have_text(["Nom", "Soubeyran", "Pagnol"])
    assert await other.locator("#champ-family_name").input_value() == "Soubeyran"
    await page.reload()
    assert await page.locator("#champ-family_name").input_value() == "Pagnol", "not overwritten"
    # the browser's console tells of the 409: the page shows it
    open_page.faults.clear()


async def test_a_cut_is_told_honestly_and_made_up_for(
    portal: RunningPortal, open_page: Person
) -> None:
    page = await open_page()
    visitor = await at_first_step(portal, page)
    await page.context.route("**/saisie", lambda route: route.abort())
    await visitor.fill({"champ-family_name": "Pagnol"})
    await expect(page.locator(STATUS)).to_contain_text("pas de connexion", timeout=WAIT)
    await page.context.unroute("**/saisie")
    await is_saved(page)
    # the cut itself is no fault of the page
    open_page.faults.clear()


async def test_questions_come_and_go_with_the_answers_and_the_focus_stays(
    portal: RunningPortal, open_page: Person
) -> None:
    page = await open_page()
    visitor = await at_first_step(portal, page)
    await visitor.fill({**PERSON, "champ-email": new_address()})
    await visitor.press("Enregistrer et continuer")
    await visitor.fill(ADDRESS)
    await visitor.press("Enregistrer et continuer")
    assert await page.locator("#champ-former_card").count() == 0
    await page.get_by_label("Carte perdue ou volée").check()
    await expect(page.locator("#champ-former_card")).to_be_visible(timeout=WAIT)
    assert await page.evaluate("document.activeElement.value") == "lost"
    await expect(page.locator("p[role='status']")).to_contain_text("ont changé")
    await page.locator("#champ-former_card").fill("DN123")
    await is_saved(page)
    await page.get_by_label("Première carte").check()
    await expect(page.locator("#champ-former_card")).to_have_count(0, timeout=WAIT)
