"""FranceConnect in each kind of browser: first and second sign-in, link, match, cancel, outage."""

from dataclasses import dataclass
from re import search
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from yarl import URL

from tests.journeys import steps
from tests.journeys.visitors import KINDS, OpenVisitor, Visitor
from tests.support.portal import RunningPortal

pytestmark = [pytest.mark.promise("ACC-12", "SES-02"), pytest.mark.parametrize("kind", KINDS)]
BUTTON = "S’identifier avec FranceConnect"
PASSWORD = "Trois cafés & 1 thé"
CONFIRM = "/inscription/confirmation"


@dataclass
class Newcomer:
    """Somebody whom FranceConnect knows and nobody else is, in a browser of their own."""

    portal: RunningPortal
    visitor: Visitor
    key: str

    @property
    def email(self) -> str:
        return f"{self.key}@courriel.example"

    async def come(self, back: str = "/connexion") -> None:
        """Press the button and choose oneself."""
        await self.visitor.open(back)
        await self.visitor.follow(BUTTON)
        await self.visitor.tick(f"person-{self.key}")
        await self.visitor.press("Continuer vers le site")

    async def confirm(self) -> None:
        """Follow the link of the mail that opens the account."""
        [mail] = await self.portal.mails(self.email)
        found = search(rf"{CONFIRM}\?lien=[\w-]+", mail["text"])
        assert found is not None
        await self.visitor.open(found[0])
        await self.visitor.press("Confirmer mon adresse")

    async def open_by_identity(self) -> None:
        """Open an account with the identity: no password."""
        await self.come()
        await self.visitor.fill({"champ-new_identifier": self.key, "champ-email": self.email})
        await self.visitor.tick("champ-accepted")
        await self.visitor.press("Ouvrir mon compte")
        assert self.email in await self.visitor.text()
        await self.confirm()

    async def open_by_password(self) -> None:
        """Open an account with an identifier and a password."""
        await self.visitor.open("/inscription")
        typed = {
            "champ-identifier": self.key,
            "champ-email": self.email,
            "champ-new_password": PASSWORD,
        }
        await self.visitor.fill(typed)
        await self.visitor.tick("champ-accepted")
        await self.visitor.press("Créer mon compte")
        await self.confirm()

    async def sign_out(self) -> None:
        """Sign out here, and at the provider: by itself, or by its link."""
        await self.visitor.press("Se déconnecter")
        if "/deconnexion/" in await self.visitor.address():
            await leave_provider(self.visitor)
        assert "déconnecté, de ce site et de FranceConnect" in await self.visitor.text()

    async def assert_in_account(self) -> None:
        await steps.assert_at(self.visitor, "/compte")
        assert self.key in await self.visitor.text()


async def leave_provider(visitor: Visitor) -> None:
    """Go on to the provider's sign-out: a browser does so by itself, the plain one by the link."""
    page = getattr(visitor, "page", None)
    if hasattr(page, "wait_for_url"):
        await page.wait_for_url(lambda url: "/deconnexion/" not in url)
    else:
        await visitor.follow("Fermer ma session FranceConnect")


async def know(portal: RunningPortal, **claims: str) -> str:
    """Have the simulator know a person of this test; return their key."""
    key = f"zoe-{uuid4().hex[:10]}"
    person: dict[str, Any] = {
        "given_name": "Zoé Anne",
        "given_name_array": ["Zoé", "Anne"],
        "family_name": f"MARTIN {key}",
        "birthdate": "1990-02-28",
        "gender": "female",
        "birthplace": "30189",
        "birthcountry": "99100",
        "email": f"{key}@franceconnect.example",
        **claims,
    }
    body = {"key": key, "label": key, "flavour": "franceconnect", "claims": person}
    url = f"{portal.stack.urls['franceconnect']}/api/simulator/people"
    async with aiohttp.request("POST", url, json=body) as answer:
        assert answer.status == 201
    return key


async def newcomer(portal: RunningPortal, open_visitor: OpenVisitor, kind: str) -> Newcomer:
    portal.forget_limits()
    return Newcomer(portal, await open_visitor(kind), await know(portal))


async def test_a_first_sign_in_opens_an_account_and_the_second_enters_it(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    zoe = await newcomer(portal, open_visitor, kind)
    await zoe.open_by_identity()
    await zoe.come()
    await zoe.assert_in_account()
    await zoe.sign_out()
    await zoe.visitor.open("/compte")
    assert "/connexion" in await zoe.visitor.address()
    await zoe.come("/connexion?return_to=/compte/securite")
    await steps.assert_at(zoe.visitor, "/compte/securite")
    assert "n’a pas de mot de passe" in await zoe.visitor.text()


async def test_an_account_is_linked_with_its_password(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    zoe = await newcomer(portal, open_visitor, kind)
    await zoe.open_by_password()
    await zoe.come()
    await steps.assert_at(zoe.visitor, "/connexion/franceconnect/choix")
    await zoe.visitor.fill({"champ-identifier": zoe.key, "champ-password": PASSWORD})
    await zoe.visitor.press("Lier mon compte")
    await zoe.assert_in_account()
    mails = await portal.mails(zoe.email, least=2)
    assert any("FranceConnect" in mail["text"] and "/gel?" in mail["text"] for mail in mails)
    await zoe.sign_out()
    await zoe.come()
    await zoe.assert_in_account()


async def test_six_matching_data_enter_the_account_at_once(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    zoe = await newcomer(portal, open_visitor, kind)
    await zoe.open_by_password()
    await zoe.visitor.open("/connexion")
    await zoe.visitor.fill({"champ-identifier": zoe.key, "champ-password": PASSWORD})
    await zoe.visitor.press("Se connecter")
    await zoe.visitor.open("/compte/informations")
    await zoe.visitor.fill(
        {
            "champ-family_name": f"Martin {zoe.key}",
            "champ-given_name": "Zoé Anne",
            "champ-birth_date": "28/02/1990",
            "champ-gender": "female",
            "champ-birth_commune": "30189",
            "champ-birth_country": "99100",
        }
    )
    await zoe.visitor.press("Enregistrer")
    await zoe.visitor.press("Se déconnecter")
    await zoe.come()
    await zoe.assert_in_account()
    assert "est maintenant liée au compte" in await zoe.visitor.text()


@pytest.mark.promise("SES-03")
async def test_what_was_typed_waits_for_a_sign_in_with_franceconnect(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    zoe = await newcomer(portal, open_visitor, kind)
    await zoe.open_by_identity()
    await zoe.come()
    await zoe.visitor.open("/demarches/carte-decheterie/commencer")
    await zoe.visitor.press("Commencer")
    await zoe.visitor.fill({**steps.PERSON, "champ-email": zoe.email})
    await lose_session(zoe)
    await zoe.visitor.press("Enregistrer et continuer")
    assert "Pagnol" in await zoe.visitor.text()
    await zoe.visitor.follow("Se connecter et reprendre")
    await zoe.visitor.follow(BUTTON)
    await zoe.visitor.tick(f"person-{zoe.key}")
    await zoe.visitor.press("Continuer vers le site")
    await steps.assert_at(zoe.visitor, "/reprise")
    assert "Pagnol" in await zoe.visitor.text()
    await zoe.visitor.press("Reprendre")
    await steps.assert_at(zoe.visitor, "/etapes/adresse")


async def lose_session(zoe: Newcomer) -> None:
    """Let the session end, as after half an hour: its cookie opens nothing any more."""
    if hasattr(zoe.visitor, "browser"):
        url = URL(zoe.portal.url)
        zoe.visitor.browser.cookies.update_cookies({"parvis": "x" * 43}, url)
    else:
        cookie = {"name": "parvis", "value": "x" * 43, "url": zoe.portal.url}
        await zoe.visitor.page.context.add_cookies([cookie])  # type: ignore[attr-defined]


async def test_whoever_cancels_is_told_what_to_do_next(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    zoe = await newcomer(portal, open_visitor, kind)
    await zoe.visitor.open("/connexion")
    await zoe.visitor.follow(BUTTON)
    await zoe.visitor.press("Annuler")
    text = await zoe.visitor.text()
    for told in ("Vous avez annulé", "Ce qui est conservé", "Ce que vous pouvez faire"):
        assert told in text
    await zoe.visitor.follow("Se connecter avec un mot de passe")
    await steps.assert_at(zoe.visitor, "/connexion")


async def sign_in_with_fault(zoe: Newcomer, fault: str) -> None:
    await zoe.visitor.open("/connexion")
    await zoe.visitor.follow(BUTTON)
    await zoe.visitor.tick(f"person-{zoe.key}")
    await zoe.visitor.fill({"fault": fault})
    await zoe.visitor.press("Continuer vers le site")


async def test_an_answer_that_is_not_safe_lets_nobody_in(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    zoe = await newcomer(portal, open_visitor, kind)
    await sign_in_with_fault(zoe, "bad_signature")
    assert "n’est pas sûre" in await zoe.visitor.text()
    await zoe.visitor.open("/compte")
    assert "/connexion" in await zoe.visitor.address()


@pytest.mark.promise("AVA-03")
async def test_a_provider_that_is_down_leaves_the_password(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    zoe = await newcomer(portal, open_visitor, kind)
    await sign_in_with_fault(zoe, "token_500")
    assert "FranceConnect ne répond pas pour le moment" in await zoe.visitor.text()
    await zoe.visitor.follow("Faire ma démarche sans compte")
    await steps.assert_at(zoe.visitor, "/demarches")
