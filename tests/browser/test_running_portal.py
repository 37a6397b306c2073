"""The running portal in Chromium: each page as it is really served, seen by axe and by w3m.

Every page here is also watched by the fixture `open_page`: nothing is asked of another machine,
no script fails, nothing meets the Content-Security-Policy, no console error.
"""

import asyncio
import json

import pytest
from playwright.async_api import Page

from gateway.headers import CONTENT_SECURITY_POLICY
from tests.journeys import steps
from tests.journeys.plain_visitor import PlainVisitor
from tests.journeys.visitors import ChromiumVisitor
from tests.support.accessibility import assert_accessible_in_every_look
from tests.support.browser import Person
from tests.support.html_faults import html_faults
from tests.support.plain_browser import PlainBrowser
from tests.support.portal import RunningPortal
from tests.support.programs import program

CARD = "/demarches/carte-decheterie"
PUBLIC = (
    "/",
    "/demarches",
    "/demarches?theme=eau&public=particuliers",
    "/demarches?q=dechetrie",
    "/demarches?q=zzzz",
    CARD,
    "/demarches/demande-logement-social",
    "/partenaires/demande-logement-social",
    "/suivi",
    "/connexion",
    "/connexion?return_to=/agents",
    "/inscription",
    "/plan-du-site",
    "/mentions-legales",
    "/conditions-generales",
    "/conditions-generales/versions/1",
    "/confidentialite",
    "/cookies",
    "/accessibilite",
    "/propriete-intellectuelle",
    "/nulle-part",
)
NEXT = "Enregistrer et continuer"
# page -> what a person without pictures or styles must read, in this order
READ = {
    "/": ("Que souhaitez-vous faire", "Par thème", "Besoin d’aide"),
    CARD: ("Obtenir la carte de déchèterie", "Documents à préparer", "Téléphone"),
    f"{CARD}/commencer": ("Avant de commencer", "J’ai lu et j’accepte"),
    "/suivi": ("Numéro de dossier", "Code de suivi"),
}


@pytest.mark.parametrize("path", PUBLIC)
async def test_a_public_page_can_be_used_by_everybody(
    portal: RunningPortal, open_page: Person, path: str
) -> None:
    page = await open_page()
    response = await page.goto(portal.url + path)
    assert response is not None
    assert response.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert html_faults(await response.text()) == []
    await assert_accessible_in_every_look(page)


async def test_every_step_of_a_request_can_be_used_by_everybody(
    portal: RunningPortal, open_page: Person
) -> None:
    page = await open_page()
    visitor = ChromiumVisitor(page, portal.url)
    await visitor.open(f"{CARD}/commencer")
    await visitor.press("Accepter et commencer")
    await assert_accessible_in_every_look(page)
    await steps.accept_terms(visitor)
    await visitor.press(NEXT)
    await assert_accessible_in_every_look(page)
    await steps.fill_pages(visitor, steps.new_address())
    await assert_accessible_in_every_look(page)
    await steps.join_bill(visitor)
    await visitor.press("Déposer ma demande")
    await assert_accessible_in_every_look(page)
    filed = await steps.certify_and_file(visitor)
    await assert_accessible_in_every_look(page)
    await steps.follow_file(visitor, filed.number, "0000-0000-0000-0000-0000-0000-0000")
    await assert_accessible_in_every_look(page)
    await steps.follow_file(visitor, filed.number, filed.code)
    await assert_accessible_in_every_look(page)


async def test_an_account_s_page_can_be_used_by_everybody(
    portal: RunningPortal, open_page: Person
) -> None:
    page = await open_page()
    await sign_in(portal, page)
    await assert_accessible_in_every_look(page)


async def sign_in(portal: RunningPortal, page: Page) -> None:
    kept = (portal.stack.settings.folder / "demo-sign-ins.json").read_text()
    person = json.loads(kept)[0]
    visitor = ChromiumVisitor(page, portal.url)
    await visitor.open("/connexion")
    await visitor.fill(
        {"champ-identifier": person["identifier"], "champ-password": person["password"]}
    )
    await visitor.press("Se connecter")
    assert page.url.endswith("/compte")


async def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(
    portal: RunningPortal, open_page: Person
) -> None:
    page = await open_page(width=375)
    visitor = ChromiumVisitor(page, portal.url)
    await visitor.open(f"{CARD}/commencer")
    await visitor.press("Accepter et commencer")
    assert await page.evaluate("document.activeElement.matches('.notice.error')")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    assert page.url.endswith("#champ-accepted")
    assert await page.evaluate("document.activeElement.id") == "champ-accepted"


async def test_a_request_is_begun_with_the_keyboard_alone(
    portal: RunningPortal, open_page: Person
) -> None:
    page = await open_page()
    await page.goto(f"{portal.url}{CARD}/commencer")
    await page.locator("#champ-accepted").focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/etapes/vous")


@pytest.mark.promise("SES-01")
async def test_a_browser_that_refuses_cookies_is_told_before_anything_is_lost(
    portal: RunningPortal,
) -> None:
    async with PlainBrowser(portal.url, cookies=False) as browser:
        visitor = PlainVisitor(browser)
        await visitor.open(f"{CARD}/commencer")
        assert visitor.page.status == 200
        await visitor.tick("champ-accepted")
        await visitor.press("Accepter et commencer")
        if "refuse les cookies" not in visitor.page.text:
            await visitor.press("Reprendre")
        assert visitor.page.status == 403
        assert "Votre navigateur refuse les cookies" in visitor.page.text
        assert "/demarches/carte-decheterie/commencer" in visitor.page.link("Réessayer")
        for path in ("/", "/demarches", CARD, "/cookies"):
            assert (await browser.open(path)).status == 200


@pytest.mark.promise("SES-02")
@pytest.mark.parametrize("path", READ)
async def test_it_reads_well_without_styles_and_pictures(portal: RunningPortal, path: str) -> None:
    process = await asyncio.create_subprocess_exec(
        program("w3m"),
        *("-dump", "-cols", "80", "-O", "UTF-8", "-o", "accept_language=fr", portal.url + path),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _errors = await process.communicate()
    text = " ".join(output.decode().replace("'", "’").split())
    places = [text.find(words) for words in READ[path]]
    assert -1 not in places, text
    assert places == sorted(places)
