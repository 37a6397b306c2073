"""The life of an account, whole, in each kind of browser: from the registration to the erasure."""

import pytest

from tests.journeys.owner import FIRST, Owner, enrol_totp
from tests.journeys.visitors import KINDS, OpenVisitor
from tests.support.portal import RunningPortal

SECOND, THIRD = "Quatre cafés & 2 thés", "Cinq cafés & 3 thés"


@pytest.mark.timeout(400)
@pytest.mark.promise("ACC-01", "ACC-03", "ACC-04", "ACC-07", "ACC-09", "ACC-10", "ACC-11")
@pytest.mark.parametrize("kind", KINDS)
async def test_an_account_from_its_opening_to_its_erasure(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    owner = Owner.unknown(portal, await open_visitor(kind))
    await open_account(owner)
    await keep_and_erase_a_datum(owner)
    codes = await enrol_totp(owner)
    await change_password(owner)
    await change_email(owner)
    await ask_for_a_copy(owner, codes[0])
    await freeze_and_recover(owner, codes[1])
    await owner.sign_in(THIRD, codes[2])
    await erase(owner)


async def open_account(owner: Owner) -> None:
    visitor = owner.visitor
    await visitor.open("/inscription")
    await visitor.fill({"champ-identifier": owner.identifier, "champ-email": owner.email})
    await visitor.fill({"champ-new_password": "Court 1"})
    await visitor.press("Vérifier le mot de passe")
    assert await visitor.value("champ-identifier") == owner.identifier
    await visitor.fill({"champ-new_password": FIRST})
    await visitor.press("Créer mon compte")
    assert [field for field, _ in await visitor.summary()] == ["champ-accepted"]
    await visitor.tick("champ-accepted")
    await visitor.fill({"champ-new_password": "Court 1"})
    await visitor.press("Créer mon compte")
    assert [field for field, _ in await visitor.summary()] == ["champ-new_password"]
    await visitor.fill({"champ-new_password": FIRST})
    await visitor.press("Créer mon compte")
    assert owner.email in await visitor.text()
    await owner.follow_link("/inscription/confirmation")
    await visitor.press("Confirmer mon adresse")
    await owner.sign_in(FIRST)


async def keep_and_erase_a_datum(owner: Owner) -> None:
    visitor = owner.visitor
    await visitor.open("/compte/informations")
    typed = {"champ-given_name": "Manon", "champ-postal_code": "34000", "champ-commune": "30189"}
    await visitor.fill(typed)
    await visitor.press("Enregistrer")
    assert [field for field, _ in await visitor.summary()] == ["champ-postal_code"]
    assert await visitor.value("champ-given_name") == "Manon"
    await visitor.fill({"champ-postal_code": "30000"})
    await visitor.press("Enregistrer")
    assert await visitor.value("champ-postal_code") == "30000"
    assert "Manon" in await visitor.text()
    await visitor.press("Effacer : Prénom")
    assert await visitor.value("champ-given_name") == ""
    assert await visitor.value("champ-postal_code") == "30000"


async def change_password(owner: Owner) -> None:
    visitor = owner.visitor
    await visitor.open("/compte/mot-de-passe")
    await visitor.fill({"champ-password": "Pas le bon", "champ-new_password": SECOND})
    await visitor.press("Changer de mot de passe")
    assert [field for field, _ in await visitor.summary()] == ["champ-password"]
    await visitor.fill({"champ-password": FIRST, "champ-new_password": SECOND})
    await visitor.press("Changer de mot de passe")
    assert (await visitor.address()).endswith("/compte/securite")


async def change_email(owner: Owner) -> None:
    visitor, new = owner.visitor, f"n.{owner.email}"
    await visitor.open("/compte/courriel")
    await visitor.fill({"champ-email": new, "champ-password": SECOND})
    await visitor.press("Envoyer les liens")
    for address in (new, owner.email):
        await owner.follow_link("/compte/courriel/confirmation", address)
        await visitor.press("Confirmer mon adresse")
    assert new in await visitor.text()
    owner.email = new


async def ask_for_a_copy(owner: Owner, code: str) -> None:
    visitor = owner.visitor
    await visitor.open("/compte/donnees")
    await visitor.press("Demander une copie")
    await visitor.press("Se déconnecter")
    await owner.sign_in(SECOND, code)
    await visitor.open("/compte/securite")
    assert "réussie" in await visitor.text()
    await visitor.open("/compte/donnees")
    assert "mot de passe changé" in await visitor.text()


async def freeze_and_recover(owner: Owner, code: str) -> None:
    visitor = owner.visitor
    await visitor.open("/compte/gel")
    await visitor.press("Geler mon compte maintenant")
    await visitor.open("/compte")
    assert "/connexion" in await visitor.address()
    await visitor.fill({"champ-identifier": owner.identifier, "champ-password": SECOND})
    await visitor.press("Se connecter")
    assert "gelé" in await visitor.text()
    await visitor.open("/recuperation")
    await visitor.fill({"champ-typed": owner.identifier})
    await visitor.press("Recevoir un lien pour changer de mot de passe")
    await owner.follow_link("/recuperation/mot-de-passe")
    await visitor.fill({"champ-new_password": THIRD, "champ-code": code})
    await visitor.press("Changer de mot de passe")
    assert "/connexion" in await visitor.address()


async def erase(owner: Owner) -> None:
    visitor = owner.visitor
    await visitor.open("/compte/effacement")
    await visitor.fill({"champ-password": THIRD})
    await visitor.press("Effacer tout de suite, sans retour")
    await visitor.open("/connexion")
    await visitor.fill({"champ-identifier": owner.identifier, "champ-password": THIRD})
    await visitor.press("Se connecter")
    assert (await visitor.address()).endswith("/connexion")
    assert owner.email not in await visitor.text()
