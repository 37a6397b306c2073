"""The head of a service: templates of reasons, colleagues, many requests at once (REQ-07)."""

from uuid import uuid4

import pytest

from tests.journeys import steps
from tests.journeys.staff import sign_in
from tests.journeys.visitors import KINDS, OpenVisitor, Visitor
from tests.support.portal import RunningPortal

NEWEST = "/agents/dossiers?service=dechets&ordre=newest"


async def file_one(open_visitor: OpenVisitor) -> tuple[Visitor, steps.Filed]:
    person = await open_visitor("plain")
    await steps.prepare_request(person, steps.new_address())
    return person, await steps.certify_and_file(person)


@pytest.mark.promise("REQ-07", "SES-02")
@pytest.mark.parametrize("kind", KINDS)
async def test_a_template_is_written_used_changed_and_removed(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    person, filed = await file_one(open_visitor)
    sophie, title = await open_visitor(kind), f"Hors territoire {uuid4().hex[:8]}"
    await sign_in(portal, sophie, "sophie.chef", "/agents/modeles", "Modèles de motifs")
    await sophie.follow("Écrire un modèle")
    await sophie.press("Enregistrer le modèle")
    wrong = [name for name, _ in await sophie.summary()]
    assert wrong == ["champ-title", "champ-body_fr", "champ-body_en"]
    words = {
        "champ-outcome": "refused",
        "champ-title": title,
        "champ-body_fr": "Le dossier {number} concerne {commune}.",
        "champ-body_en": "Request {number} is about another place.",
    }
    await sophie.fill(words)
    await sophie.press("Enregistrer le modèle")
    assert [name for name, _ in await sophie.summary()] == ["champ-body_fr"]
    await sophie.fill(
        {"champ-body_fr": "Le dossier {number}, « {procedure} », est hors territoire."}
    )
    await sophie.press("Enregistrer le modèle")
    assert "Modèle enregistré." in await sophie.text()

    await sophie.open(NEWEST)
    await sophie.follow(filed.number)
    await sophie.press("Prendre en charge")
    await sophie.unfold("Refuser la demande")
    await sophie.fill({"champ-refuse-reason": "Après examen :"})
    await sophie.press(f"Ajouter ce texte : {title}")
    expected = f"Le dossier {filed.number}, « {steps.CARD} », est hors territoire."
    reason = await sophie.value("champ-refuse-reason")
    assert reason.split("\n\n") == ["Après examen :", expected]
    await sophie.press("Refuser la demande")
    await person.open(filed.address)
    letter = steps.text_of_pdf(await person.download("Lire le courrier"))
    assert f"Le dossier {filed.number}" in " ".join(letter.split())

    await sophie.open("/agents/modeles")
    await sophie.follow(f"Modifier ou retirer : {title}")
    await sophie.press("Retirer le modèle")
    assert title not in await sophie.text()


@pytest.mark.promise("REQ-07", "SES-02")
@pytest.mark.parametrize("kind", KINDS)
async def test_many_are_given_written_to_and_closed_and_each_outcome_is_told(
    portal: RunningPortal, open_visitor: OpenVisitor, kind: str
) -> None:
    (first, one), (second, other) = [await file_one(open_visitor) for _ in range(2)]
    sophie = await open_visitor(kind)
    await sign_in(portal, sophie, "sophie.chef")
    await tick_two(sophie, "assign")
    await sophie.choose("champ-to", "Aline Morel")
    await sophie.press("Confier à quelqu’un")
    assert "Fait : 2. Pas fait : 0." in await sophie.text()

    await tick_two(sophie, "message")
    await sophie.press("Écrire aux personnes")
    assert [name for name, _ in await sophie.summary()] == ["champ-reason"]
    await sophie.fill({"champ-reason": "Le guichet ferme lundi."})
    await sophie.press("Écrire aux personnes")
    assert "Fait : 2. Pas fait : 0." in await sophie.text()

    await sophie.open(NEWEST)
    await sophie.follow(one.number)
    assert "Aline Morel" in await sophie.text()
    await sophie.press("Prendre en charge")
    await tick_two(sophie, "close")
    await sophie.fill({"champ-reason": "Démarche supprimée."})
    await sophie.press("Classer sans suite")
    text = await sophie.text()
    assert "Fait : 1. Pas fait : 1." in text
    assert f"{one.number} Fait Classée sans suite" in text
    assert f"{other.number} Pas fait : son état ne le permet pas" in text
    for person, filed in ((first, one), (second, other)):
        await person.open(filed.address)
        assert (await person.text()).count("Le guichet ferme lundi.") == 1


async def tick_two(sophie: Visitor, what: str) -> None:
    """Tick the two newest requests, and choose what is to be done."""
    await sophie.open(NEWEST)
    await sophie.tick("lot-1")
    await sophie.tick("lot-2")
    await sophie.fill({"champ-what": what})
    await sophie.press("Continuer avec les dossiers cochés")
