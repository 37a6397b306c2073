"""A request of an account: prefilled, changed for itself only or for the account too, filed."""

import pytest

from tests.journeys import steps
from tests.journeys.owner import Owner, signed_in_owner
from tests.journeys.visitors import KINDS, OpenVisitor
from tests.support.portal import RunningPortal

BEGIN = "/demarches/carte-decheterie/commencer"
NEXT = "Enregistrer et continuer"
KEPT = {
    "champ-family_name": "Pagnol",
    "champ-given_name": "Manon",
    **steps.ADDRESS,
}


async def keep(owner: Owner) -> None:
    await owner.visitor.open("/compte/informations")
    await owner.visitor.fill(KEPT)
    await owner.visitor.press("Enregistrer")
    assert "Vos informations sont enregistrées" in await owner.visitor.text()


async def begin(owner: Owner) -> None:
    """Begin a request; the terms were accepted when the account was opened."""
    await owner.visitor.open(BEGIN)
    await owner.visitor.press("Commencer")
    await steps.assert_at(owner.visitor, "/etapes/vous")


@pytest.mark.promise("ACC-01", "ACC-05", "LEG-02")
@pytest.mark.parametrize("kind", KINDS)
async def test_it_is_prefilled_updates_the_account_and_is_filed(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    owner = await signed_in_owner(portal, await open_visitor(kind))
    visitor = owner.visitor
    await keep(owner)
    await begin(owner)
    assert "Prérempli depuis votre compte" in await visitor.text()
    assert await visitor.value("champ-family_name") == "Pagnol"
    assert await visitor.value("champ-email") == owner.email
    # for this request only
    await visitor.fill({"champ-given_name": "Manon Louise"})
    await visitor.press(NEXT)
    # for the account too
    assert await visitor.value("champ-street_address") == steps.ADDRESS["champ-street_address"]
    await visitor.fill({"champ-street_address": "3 rue du Colisée"})
    await visitor.tick("champ-update_account")
    await visitor.press(NEXT)
    assert "Votre compte est à jour avec ces réponses" in await visitor.text()
    await steps.choose_card(visitor)
    await steps.join_bill(visitor)
    text = await visitor.text()
    assert "Manon Louise" in text
    assert "3 rue du Colisée" in text
    filed = await steps.certify_and_file(visitor)
    [mail] = [
        mail for mail in await portal.mails(owner.email, least=2) if filed.number in mail["text"]
    ]
    assert filed.code in mail["text"]
    await visitor.open("/compte/informations")
    assert await visitor.value("champ-given_name") == "Manon"
    assert await visitor.value("champ-street_address") == "3 rue du Colisée"
    await visitor.open("/compte")
    assert filed.number in await visitor.text()
