"""A session that ends while a form is being filled: the typing is kept and sent again (SES-03)."""

import json

import pytest
from yarl import URL

from tests.journeys import steps
from tests.journeys.plain_visitor import PlainVisitor
from tests.support.plain_browser import PlainBrowser
from tests.support.portal import RunningPortal

pytestmark = pytest.mark.promise("SES-03")
BEGIN = "/demarches/carte-decheterie/commencer"
NEXT = "Enregistrer et continuer"


def lose_session(visitor: PlainVisitor) -> None:
    """Let the session end, as after half an hour: its cookie opens nothing any more."""
    visitor.browser.cookies.update_cookies({"parvis": "x" * 43}, URL(visitor.page.url).origin())


async def begin(visitor: PlainVisitor) -> None:
    """Type the first page; an account that has accepted the terms is not asked again."""
    await visitor.open(BEGIN)
    if "champ-accepted" in visitor.page.ids:
        await steps.accept_terms(visitor)
    else:
        await visitor.press("Commencer")
    await visitor.fill({**steps.PERSON, "champ-email": steps.new_address()})


async def test_an_anonymous_form_is_sent_again_at_once(portal: RunningPortal) -> None:
    async with PlainBrowser(portal.url) as browser:
        visitor = PlainVisitor(browser)
        await begin(visitor)
        lose_session(visitor)
        await visitor.press(NEXT)
        assert visitor.page.status == 403
        assert "saisie est conservée" in visitor.page.text
        assert "Pagnol" in visitor.page.text
        await visitor.press("Reprendre")
        assert visitor.page.url.endswith("/etapes/adresse")
        await steps.fill_address(visitor)
        await steps.choose_card(visitor)


async def test_a_file_chosen_after_the_end_of_the_session_joins_the_same_request(
    portal: RunningPortal,
) -> None:
    async with PlainBrowser(portal.url) as browser:
        visitor = PlainVisitor(browser)
        await begin(visitor)
        await visitor.press(NEXT)
        await steps.fill_address(visitor)
        await steps.choose_card(visitor)
        address = visitor.page.url
        await visitor.attach("champ-justificatif-domicile", steps.electricity_bill())
        lose_session(visitor)
        await visitor.press("Envoyer ce fichier")
        assert visitor.page.status == 403
        await visitor.press("Reprendre")
        assert visitor.page.url == address
        await steps.join_bill(visitor)


async def test_the_form_of_an_account_waits_for_the_sign_in(portal: RunningPortal) -> None:
    async with PlainBrowser(portal.url) as browser:
        visitor = PlainVisitor(browser)
        await sign_in(portal, visitor)
        await begin(visitor)
        lose_session(visitor)
        await visitor.press(NEXT)
        assert "Pagnol" in visitor.page.text
        await visitor.follow("Se connecter et reprendre")
        await sign_in(portal, visitor)
        assert visitor.page.url.endswith("/reprise")
        assert "Pagnol" in visitor.page.text
        await visitor.press("Reprendre")
        assert visitor.page.url.endswith("/etapes/adresse")
        await steps.fill_address(visitor)


async def sign_in(portal: RunningPortal, visitor: PlainVisitor) -> None:
    """Sign in as one of the demonstration's residents, from the page before us or the form's."""
    if visitor.is_nowhere or "/connexion" not in visitor.page.url:
        await visitor.open("/connexion")
    folder = portal.stack.settings.folder
    person = json.loads((folder / "demo-sign-ins.json").read_text())[0]
    await visitor.fill(
        {"champ-identifier": person["identifier"], "champ-password": person["password"]}
    )
    await visitor.press("Se connecter")


@pytest.mark.promise("SES-04")
async def test_two_tabs_never_overwrite_each_other_silently(portal: RunningPortal) -> None:
    async with PlainBrowser(portal.url) as browser:
        first = PlainVisitor(browser)
        await begin(first)
        second = PlainVisitor(browser)
        await second.open(first.page.url)
        await first.press(NEXT)
        await second.fill({**steps.PERSON, "champ-family_name": "Mistral"})
        await second.fill({"champ-email": steps.new_address()})
        await second.press(NEXT)
        assert second.page.status == 409
        assert "Pagnol" in second.page.text
        assert await second.value("champ-family_name") == "Mistral"
        await second.press(NEXT)
        assert second.page.url.endswith("/etapes/adresse")
