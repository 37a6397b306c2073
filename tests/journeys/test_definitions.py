"""A procedure is amended in the browser by two people, and filed by a third (CAT-06, CAT-07)."""

from urllib.parse import urlsplit

import pytest

from tests.journeys import steps
from tests.journeys.test_desk import sign_in
from tests.journeys.visitors import KINDS, OpenVisitor, Visitor
from tests.support.portal import RunningPortal

ROOM, TITLE = "/agents/demarches", "Démarches, côté agents"
CARD = "/demarches/carte-decheterie"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.promise("CAT-06", "CAT-07", "SES-02")
async def test_a_field_is_added_approved_by_another_and_answered_by_a_citizen(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    early = await open_visitor("plain")
    await early.open(f"{CARD}/commencer")
    await steps.accept_terms(early)

    edith, label = await open_visitor(kind), f"Couleur de la carte, essai {KINDS.index(kind)}"
    await sign_in(portal, edith, "edith.textes", ROOM, TITLE)
    draft = await import_card(edith)
    await add_field(edith, label)
    await try_it(edith, label)
    await edith.open(draft)
    await edith.press("Soumettre à une autre personne")
    assert "une autre personne doit l’approuver" in await edith.text(), await edith.text()

    paul = await open_visitor(kind)
    await sign_in(portal, paul, "paul.textes", ROOM, TITLE)
    await paul.open(draft)
    text = await paul.text()
    assert "Ce que ce brouillon change" in text
    assert label in text
    await paul.press("Approuver et publier")
    text = await paul.text()
    assert "Approuvé et publié." in text
    assert "Version publiée" in text

    citizen = await open_visitor(kind)
    await citizen.open(f"{CARD}/commencer")
    await steps.accept_terms(citizen)
    await steps.fill_pages(citizen, steps.new_address(), extra={label_id(kind): "Verte"})
    await steps.join_bill(citizen)
    assert "Verte" in await citizen.text()
    await steps.certify_and_file(citizen)
    await be_told(early, label)


async def be_told(early: Visitor, label: str) -> None:
    """Whoever began before is told of the new field, and may go on without it."""
    await early.open(await early.address())
    text = await early.text()
    assert "Le formulaire a changé" in text, text
    assert label in text
    await early.press("Garder le formulaire commencé")
    await steps.fill_pages(early, steps.new_address())


async def import_card(edith: Visitor) -> str:
    """Take the card's YAML out and bring it in again: a draft; return its address."""
    await edith.open(f"{ROOM}/carte-decheterie")
    exported = await edith.download("Exporter en YAML")
    await edith.open("/agents/modifications/nouvelle")
    await edith.attach("champ-file", ("carte-decheterie.yaml", exported, "application/yaml"))
    await edith.press("Importer")
    text = await edith.text()
    assert "Rien pour le moment." in text, text
    return urlsplit(await edith.address()).path


async def add_field(edith: Visitor, label: str) -> None:
    """Add a short text at the end of the last step, and describe it."""
    await edith.follow("Ajouter un champ, La carte")
    await edith.fill(
        {
            "champ-type": "text",
            "champ-label.fr": label,
            "champ-label.en": f"In English: {label}",
        }
    )
    await edith.press("Ajouter")
    assert (await edith.title()).startswith("Champ – "), await edith.text()
    await edith.fill({"champ-help.fr": "La couleur imprimée.", "champ-help.en": "As printed."})
    await edith.press("Enregistrer")
    text = await edith.text()
    assert "C’est enregistré." in text, text
    assert label in text


async def try_it(edith: Visitor, label: str) -> None:
    """See the page and the last step as people will."""
    await edith.follow("Voir comme les habitants")
    assert "Aperçu d’un brouillon" in await edith.text()
    await edith.follow("La carte")
    text = await edith.text()
    assert label in text
    assert "La couleur imprimée." in text
    await edith.press("Essayer et continuer")
    assert "Erreur" in await edith.title()


def label_id(kind: str) -> str:
    """The id of the input that the form gives to the new field."""
    return f"champ-couleur_de_la_carte_essai_{KINDS.index(kind)}"
