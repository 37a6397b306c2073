"""One's own data: the copy, the freeze by a mailed link, the erasure with a change of mind."""

import io
import json
import zipfile

import pytest

from tests.journeys import steps
from tests.journeys.owner import FIRST, Owner, signed_in_owner
from tests.journeys.visitors import KINDS, OpenVisitor
from tests.support.portal import RunningPortal, until


@pytest.mark.promise("ACC-07", "ACC-10")
@pytest.mark.parametrize("kind", KINDS)
async def test_it_was_not_me_freezes_the_account_from_a_mail(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    owner = await signed_in_owner(portal, await open_visitor("plain"))
    await owner.visitor.open("/compte/mot-de-passe")
    typed = {"champ-password": FIRST, "champ-new_password": "Quatre cafés & 2 thés"}
    await owner.visitor.fill(typed)
    await owner.visitor.press("Changer de mot de passe")
    # the owner of the mailbox, elsewhere and signed in nowhere
    victim = Owner(portal, await open_visitor(kind), owner.identifier, owner.email)
    await victim.follow_link("/gel")
    await victim.visitor.press("Geler le compte maintenant")
    assert "Le compte est gelé" in await victim.visitor.text()
    await owner.visitor.open("/compte")
    assert "/connexion" in await owner.visitor.address()
    await owner.give_password("Quatre cafés & 2 thés")
    assert "gelé" in await owner.visitor.text()


@pytest.mark.promise("DAT-02")
@pytest.mark.parametrize("kind", KINDS)
async def test_the_copy_is_downloaded_once_and_holds_everything(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    owner = await signed_in_owner(portal, await open_visitor(kind))
    visitor = owner.visitor
    await visitor.open("/demarches/carte-decheterie/commencer")
    await visitor.press("Commencer")
    await steps.fill_pages(visitor, owner.email)
    await steps.join_bill(visitor)
    filed = await steps.certify_and_file(visitor)
    await visitor.open("/compte/donnees")
    await visitor.press("Demander une copie")

    async def ready() -> bool:
        await visitor.open("/compte/donnees")
        return "prête, à télécharger une fois" in await visitor.text()

    await until(ready)
    with zipfile.ZipFile(io.BytesIO(await visitor.press_for_file("Télécharger"))) as archive:
        content = json.loads(archive.read("donnees.json"))
        page = archive.read("donnees.html").decode()
        [file] = [name for name in archive.namelist() if name.startswith("fichiers/")]
        assert archive.read(file) == steps.electricity_bill()[1]
    assert file.startswith(f"fichiers/{filed.number}/")
    assert content["missing"] == []
    identity, [request] = content["identity"], content["procedures"]["requests"]
    assert identity["account"]["email"] == owner.email
    assert {"opened", "signed-in"} <= {event["action"] for event in identity["journal"]}
    assert request["answers"]["family_name"] == steps.PERSON["champ-family_name"]
    assert [step["kind"] for step in request["life"]["steps"]] == ["started", "filed"]
    assert content["procedures"]["payments"] == []
    terms = [one["document"] for one in content["legal"]["acceptances"]]
    assert "conditions-generales" in terms
    assert filed.number in page
    await visitor.open("/compte/donnees")
    assert "téléchargée" in await visitor.text()


@pytest.mark.promise("DAT-03")
@pytest.mark.parametrize("kind", KINDS)
async def test_an_erasure_is_planned_given_up_and_planned_again(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    owner = await signed_in_owner(portal, await open_visitor(kind))
    visitor = owner.visitor
    await visitor.open("/compte/effacement")
    await visitor.fill({"champ-password": "Pas le bon, 1 fois"})
    await visitor.press("Effacer dans 14 jours")
    assert [field for field, _ in await visitor.summary()] == ["champ-password"]
    await visitor.fill({"champ-password": FIRST})
    await visitor.press("Effacer dans 14 jours")
    assert "L’effacement est prévu" in await visitor.text()
    await owner.sign_out()
    await owner.sign_in()
    assert "L’effacement de votre compte est prévu" in await visitor.text()
    await visitor.follow("Changer d’avis")
    await visitor.press("Garder mon compte")
    assert "Votre compte est gardé" in await visitor.text()
    await visitor.open("/compte")
    assert "est prévu" not in await visitor.text()
