"""A file sent with JavaScript: its progress, a cut made up for, a refusal shown where it is."""

import re

import pytest
from playwright.async_api import Page, Route, expect

from tests.journeys.steps import accept_terms, electricity_bill, fill_pages, new_address
from tests.journeys.visitors import ChromiumVisitor
from tests.support.browser import Person
from tests.support.portal import RunningPortal

pytestmark = [pytest.mark.promise("REQ-02", "SES-02"), pytest.mark.asyncio(loop_scope="session")]

FIELD = "champ-justificatif-domicile"
# a browser may put a space where the hidden words begin
SEND = re.compile("Envoyer ce fichier ?, Justificatif de domicile")
WAIT = 20_000


async def at_documents(portal: RunningPortal, page: Page) -> ChromiumVisitor:
    visitor = ChromiumVisitor(page, portal.url)
    await visitor.open("/demarches/carte-decheterie/commencer")
    await accept_terms(visitor)
    await fill_pages(visitor, new_address())
    return visitor


async def send(page: Page) -> None:
    await page.get_by_role("button", name=SEND).click()


async def test_a_file_is_sent_and_its_page_goes_on_as_without_a_script(
    portal: RunningPortal, open_page: Person
) -> None:
    page = await open_page()
    visitor = await at_documents(portal, page)
    await visitor.attach(FIELD, electricity_bill())
    await send(page)
    await expect(page.locator("main")).to_contain_text("facture d’électricité.pdf", timeout=WAIT)
    await expect(page.locator("main")).to_contain_text("Fichier reçu")
    await page.get_by_role("button", name="Retirer").first.click()
    await expect(page.locator("main .files")).to_have_count(0, timeout=WAIT)


async def test_a_cut_is_told_and_made_up_for(portal: RunningPortal, open_page: Person) -> None:
    page = await open_page()
    visitor = await at_documents(portal, page)
    await visitor.attach(FIELD, electricity_bill())
    cuts = 2

    async def cut(route: Route) -> None:
        nonlocal cuts
        cuts -= 1
        await (route.abort() if cuts >= 0 else route.continue_())

    await page.context.route("**/pieces", cut)
    await send(page)
    await expect(page.locator("[data-sending]")).to_contain_text("coupé", timeout=WAIT)
    await expect(page.locator("main")).to_contain_text("facture d’électricité.pdf", timeout=WAIT)
    await page.context.unroute("**/pieces")
    # the cuts themselves are no fault of the page
    open_page.faults.clear()


async def test_a_refused_file_is_told_at_the_top_with_the_focus(
    portal: RunningPortal, open_page: Person
) -> None:
    page = await open_page()
    visitor = await at_documents(portal, page)
    await visitor.attach(FIELD, ("facture.pdf", b"MZ\x90 not a PDF", "application/pdf"))
    await send(page)
    await expect(page.locator(".notice.error")).to_be_focused(timeout=WAIT)
    assert page.url.endswith("/pieces")
    assert await page.locator(".notice.error a").get_attribute("href") == f"#{FIELD}"
