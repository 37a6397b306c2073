"""A passkey in Chromium, its authenticator played by the browser itself (ACC-11)."""

import pytest
from playwright.async_api import CDPSession, Page

from tests.journeys.owner import FIRST, RECOVERY_CODE, Owner, begin_factor, signed_in_owner
from tests.journeys.visitors import ChromiumVisitor
from tests.support.browser import Person
from tests.support.portal import RunningPortal

USE, ENROL = "Utiliser ma clé d’accès", "Utiliser une clé d’accès"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


async def give_authenticator(page: Page) -> tuple[CDPSession, str]:
    """Give the page a device that holds passkeys, touched by its owner whenever it asks."""
    session = await page.context.new_cdp_session(page)
    await session.send("WebAuthn.enable")
    added = await session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return session, str(added["authenticatorId"])


async def enrol(owner: Owner, label: str) -> list[str]:
    visitor = owner.visitor
    await begin_factor(owner, ENROL)
    await visitor.fill({"champ-label": label})
    await visitor.press("Créer la clé")
    codes = RECOVERY_CODE.findall(await visitor.text())
    assert len(codes) == 10
    return codes


@pytest.mark.promise("ACC-11")
async def test_a_passkey_is_enrolled_used_listed_and_removed(
    portal: RunningPortal, open_page: Person
) -> None:
    page = await open_page()
    session, device = await give_authenticator(page)
    visitor = ChromiumVisitor(page, portal.url)
    owner = await signed_in_owner(portal, visitor)
    await enrol(owner, "Mon téléphone")
    held = await session.send("WebAuthn.getCredentials", {"authenticatorId": device})
    assert [one["rpId"] for one in held["credentials"]] == ["localhost"]
    await owner.sign_out()
    await owner.give_password()
    assert (await visitor.address()).endswith("/connexion/verification")
    await visitor.press(USE)
    assert (await visitor.address()).endswith("/compte"), await visitor.text()
    await visitor.open("/compte/securite")
    assert "Clé d’accès : Mon téléphone" in await visitor.text()
    await page.get_by_text("Retirer", exact=True).click()
    await page.locator("#retrait-1").fill(FIRST)
    await visitor.press("Retirer cette vérification")
    assert "La double vérification est retirée" in await visitor.text()
    assert "Mon téléphone" not in await visitor.text()
    await owner.sign_out()
    await owner.sign_in()
    subjects = " ".join(mail["subject"] for mail in await portal.mails(owner.email, least=3))
    assert subjects.count("vérification") >= 2, subjects


@pytest.mark.promise("ACC-11")
async def test_a_device_without_the_key_opens_nothing_and_says_what_else_does(
    portal: RunningPortal, open_page: Person
) -> None:
    page = await open_page()
    session, device = await give_authenticator(page)
    visitor = ChromiumVisitor(page, portal.url)
    owner = await signed_in_owner(portal, visitor)
    codes = await enrol(owner, "")
    await owner.sign_out()
    # another device: it holds keys, but not this one
    await session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": device})
    await session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    await owner.give_password()
    await page.get_by_role("button", name=USE).click()
    await page.get_by_text("La clé n’a pas répondu").wait_for()
    assert (await visitor.address()).endswith("/connexion/verification")
    await visitor.fill({"champ-code": codes[0]})
    await visitor.press("Continuer")
    assert (await visitor.address()).endswith("/compte")


@pytest.mark.promise("ACC-11", "SES-02")
async def test_without_javascript_the_page_says_so_and_offers_codes(
    portal: RunningPortal, open_page: Person
) -> None:
    page = await open_page(javascript=False)
    visitor = ChromiumVisitor(page, portal.url)
    owner = await signed_in_owner(portal, visitor)
    await begin_factor(owner, ENROL)
    assert "demande JavaScript" in await visitor.text()
    assert await page.get_by_role("button", name="Créer la clé").count() == 0
    await visitor.follow("Utiliser plutôt une application de codes")
    await visitor.fill({"champ-password": FIRST})
    await visitor.press("Utiliser une application de codes")
    assert (await visitor.address()).endswith("/compte/verification/application")


@pytest.mark.promise("ACC-11", "SES-02")
async def test_the_owner_of_a_passkey_signs_in_without_javascript_by_a_recovery_code(
    portal: RunningPortal, open_page: Person
) -> None:
    page = await open_page()
    await give_authenticator(page)
    owner = await signed_in_owner(portal, ChromiumVisitor(page, portal.url))
    codes = await enrol(owner, "")
    plain = await open_page(javascript=False)
    elsewhere = Owner(portal, ChromiumVisitor(plain, portal.url), owner.identifier, owner.email)
    await elsewhere.give_password()
    text = await elsewhere.visitor.text()
    assert "Votre clé d’accès demande JavaScript" in text
    assert await plain.get_by_role("button", name=USE).count() == 0
    await elsewhere.visitor.fill({"champ-code": codes[0]})
    await elsewhere.visitor.press("Continuer")
    assert (await elsewhere.visitor.address()).endswith("/compte")
