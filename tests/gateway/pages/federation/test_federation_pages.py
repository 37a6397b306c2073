"""From the button to the account and back out, through the gateway (ACC-12)."""

import re
from json import loads
from typing import Any

import pyotp
import pytest

from services.identity.accounts.model import Change, Profile
from services.identity.worker import job_handlers
from tests.gateway.pages.federation.conftest import BUTTON, MANON, PASSWORD, Portal

pytestmark = pytest.mark.promise("ACC-12")
OPENING = {"champ-new_identifier": "angela.d", "champ-email": "angela@courriel.example"}


async def confirm_mail(portal: Portal) -> None:
    """Follow the link of the mail that confirms an account."""
    sent: list[Any] = []

    class Mailer:
        async def send(self, mail: Any) -> None:
            sent.append(mail)

    handlers = job_handlers(portal.identity, Mailer())  # type: ignore[arg-type]
    async with portal.identity.database.connection() as connection:
        jobs = await connection.fetch("DELETE FROM pgqueuer RETURNING entrypoint, payload")
    for job in jobs:
        await handlers[job["entrypoint"]](loads(job["payload"]))
    found = [re.search(r"/inscription/confirmation\?lien=[\w-]+", mail.text) for mail in sent]
    await portal.visitor.open(next(one[0] for one in found if one is not None))
    await portal.visitor.press("Confirmer mon adresse")


async def open_account(portal: Portal) -> None:
    """Open an account with the identity that has just come back."""
    await portal.visitor.fill(OPENING)
    await portal.visitor.tick("champ-accepted")
    await portal.visitor.press("Ouvrir mon compte")
    await confirm_mail(portal)


async def test_the_button_stands_beside_the_password_with_its_official_words(
    portal: Portal,
) -> None:
    for address in ("/connexion", "/inscription"):
        await portal.visitor.open(address)
        assert portal.visitor.page.link(BUTTON).startswith("/connexion/franceconnect")
        about = portal.visitor.page.link("Qu’est-ce que FranceConnect")
        assert about == "https://franceconnect.gouv.fr/"
        assert "ProConnect" not in portal.text
        html = portal.visitor.page.html
        assert html.index(BUTTON) < html.index('type="password"')
    await portal.visitor.open("/connexion?return_to=/agents")
    assert "S’identifier avec ProConnect" in portal.text
    assert BUTTON not in portal.text


async def test_a_first_sign_in_opens_an_account_and_the_second_one_enters_it(
    portal: Portal,
) -> None:
    await portal.come()
    assert portal.path == "/connexion/franceconnect/choix"
    assert "code=" not in portal.visitor.page.url
    assert "Angela Claire Louise DUBOIS" in portal.text
    assert await portal.visitor.value("champ-email") == "angela@franceconnect.example"
    await portal.visitor.fill({"champ-new_identifier": "a b"})
    await portal.visitor.press("Ouvrir mon compte")
    assert [field for field, _ in await portal.visitor.summary()] == ["champ-accepted"]
    await portal.visitor.fill({"champ-new_identifier": "a b"})
    await portal.visitor.tick("champ-accepted")
    await portal.visitor.press("Ouvrir mon compte")
    assert [field for field, _ in await portal.visitor.summary()] == ["champ-new_identifier"]
    await open_account(portal)
    await portal.come()
    assert portal.path == "/compte"
    assert "angela.d" in portal.text
    await portal.visitor.press("Se déconnecter")
    await portal.visitor.follow("Fermer ma session FranceConnect")
    await portal.come()
    assert portal.path == "/compte"


async def test_an_unconfirmed_account_is_told_and_may_be_begun_again(portal: Portal) -> None:
    await portal.come()
    await portal.visitor.fill(OPENING)
    await portal.visitor.tick("champ-accepted")
    await portal.visitor.press("Ouvrir mon compte")
    assert "angela@courriel.example" in portal.text
    await portal.come()
    assert "Un compte attend votre confirmation" in portal.text


async def test_an_account_is_linked_with_its_password(portal: Portal) -> None:
    await portal.open_account()
    await portal.come()
    await portal.prove(password="Pas le bon mot 1")
    assert "n’est pas le bon" in portal.text
    assert await portal.visitor.value("champ-identifier") == MANON.identifier
    await portal.prove()
    assert portal.path == "/compte"
    assert "maintenant liée au compte « manon.pagnol »" in portal.text.replace("\xa0", " ")
    await portal.visitor.press("Se déconnecter")
    await portal.come()
    assert portal.path == "/compte"
    assert "maintenant liée" not in portal.text


async def test_the_second_factor_is_asked_to_link_and_at_each_sign_in(portal: Portal) -> None:
    account_id, seed = await portal.open_account(), pyotp.random_base32()
    async with portal.identity.database.transaction() as connection:
        await portal.identity.factors.add_seed(connection, account_id, seed)
    await portal.come()
    await portal.prove()
    assert portal.path == "/connexion/verification"
    await portal.visitor.fill({"champ-code": pyotp.TOTP(seed).at(portal.clock.now())})
    await portal.visitor.press("Continuer")
    assert portal.path == "/compte"
    await portal.visitor.press("Se déconnecter")
    await portal.come()
    assert portal.path == "/connexion/verification"


async def test_an_owner_links_and_unlinks_from_the_security_page(portal: Portal) -> None:
    await portal.open_account()
    await portal.visitor.open("/connexion")
    typed = {"champ-identifier": MANON.identifier, "champ-password": PASSWORD}
    await portal.visitor.fill(typed)
    await portal.visitor.press("Se connecter")
    await portal.visitor.open("/compte/securite")
    await portal.visitor.follow("Lier mon identité FranceConnect")
    await portal.choose("angela")
    assert "champ-new_identifier" not in portal.visitor.page.ids
    await portal.prove(identifier="")
    assert portal.path == "/compte/securite"
    assert "Identités liées FranceConnect" in portal.text
    await portal.visitor.fill({"lien-1": "Pas le bon mot 1"})
    await portal.visitor.press("Retirer le lien")
    assert "Ce n’est pas votre mot de passe" in portal.text
    await portal.visitor.fill({"lien-1": PASSWORD})
    await portal.visitor.press("Retirer le lien")
    assert "Le lien est retiré" in portal.text
    await portal.visitor.press("Se déconnecter")
    await portal.come()
    assert portal.path == "/connexion/franceconnect/choix"


async def test_whoever_lands_in_anothers_account_says_so(portal: Portal) -> None:
    account_id = await portal.open_account()
    typed = {
        "given_name": "Angela Claire Louise",
        "family_name": "Dubois",
        "birth_date": "1962-08-24",
        "gender": "female",
        "birth_commune": "75107",
        "birth_country": "99100",
    }
    await portal.identity.core.profiles.update_profile(account_id, typed)
    await portal.come()
    assert "maintenant liée au compte" in portal.text
    await portal.visitor.open("/compte/securite")
    await portal.visitor.press("Ce compte n’est pas le mien")
    assert portal.path == "/connexion"
    assert "n’est plus liée à ce compte" in portal.text
    await portal.come()
    assert portal.path == "/connexion/franceconnect/choix"


async def test_an_account_without_a_password_is_told_how_to_have_one(portal: Portal) -> None:
    await portal.come()
    await open_account(portal)
    await portal.come()
    await portal.visitor.open("/compte/securite")
    assert "n’a pas de mot de passe" in portal.text
    assert "Retirer le lien" not in portal.text
    assert re.search(r"réussie,[^–]*FranceConnect", portal.text), portal.text
    await portal.visitor.press("Recevoir un lien pour choisir un mot de passe")
    assert "Un lien vous est envoyé" in portal.text
    await portal.visitor.open("/compte/effacement")
    await portal.visitor.fill({"champ-password": "x"})
    await portal.visitor.press("Effacer tout de suite, sans retour")
    assert "n’a pas encore de mot de passe" in portal.text


async def test_signing_out_goes_through_the_provider_and_back(portal: Portal) -> None:
    await portal.open_account()
    await portal.come()
    await portal.prove()
    await portal.visitor.press("Se déconnecter")
    assert portal.path == "/deconnexion/franceconnect"
    assert portal.visitor.page.headers["Refresh"] == "0; url=/deconnexion/franceconnect/aller"
    assert "id_token" not in portal.visitor.page.html, "the token stays on the server"
    await portal.visitor.open("/compte")
    assert portal.path == "/connexion", "our session had not ended"
    await portal.visitor.open("/deconnexion/franceconnect/aller")
    assert portal.path == "/"
    assert "déconnecté, de ce site et de FranceConnect" in portal.text
    assert not portal.provider.register.sessions
    await portal.visitor.open("/deconnexion/franceconnect/retour?state=forged")
    assert "déconnecté" not in portal.text


async def test_without_the_provider_our_own_session_ends_all_the_same(portal: Portal) -> None:
    await portal.open_account()
    await portal.come()
    await portal.prove()
    await portal.servers["provider"].close()
    portal.clock.pass_by(25 * 60)
    await portal.visitor.press("Se déconnecter")
    await portal.visitor.open("/compte")
    assert portal.path == "/connexion"


async def test_a_frozen_account_is_told_with_the_way_to_open_it_again(portal: Portal) -> None:
    account_id = await portal.open_account()
    await portal.come()
    await portal.prove()
    await portal.visitor.press("Se déconnecter")
    async with portal.identity.database.transaction() as connection:
        account = await portal.identity.accounts.lock_account(connection, account_id)
        await portal.identity.accounts.change_state(connection, account, Change.FREEZE)
    await portal.come()
    assert (portal.visitor.page.status, portal.path) == (403, "/connexion/franceconnect/echec")
    assert "Ce compte est gelé" in portal.text
    assert portal.visitor.page.link("Mot de passe ou identifiant perdu") == "/recuperation"


async def test_an_identity_that_is_anothers_is_not_linked(portal: Portal) -> None:
    await portal.open_account()
    await portal.come()
    await portal.prove()
    await portal.visitor.press("Se déconnecter")
    await portal.open_account(Profile("autre", "", "autre@courriel.example"))
    await portal.visitor.open("/connexion")
    await portal.visitor.fill({"champ-identifier": "autre", "champ-password": PASSWORD})
    await portal.visitor.press("Se connecter")
    await portal.visitor.open("/compte/liens/franceconnect")
    await portal.choose("angela")
    assert "déjà liée à un autre compte" in portal.text
    await portal.visitor.open("/compte")
    assert "autre" in portal.text
