"""Staff amend a procedure in the browser: forms, YAML, second person (CAT-06)."""

import pytest

from tests.gateway.pages.legal.conftest import Portal, location, texts
from tests.gateway.pages.staff.editor import CARD, begun, inputs, retitled

pytestmark = pytest.mark.promise("CAT-06", "SES-02")
NEW_FIELD = {"type": "choice", "label.fr": "Couleur du véhicule", "label.en": "Vehicle colour"}


async def test_one_writes_and_another_publishes(portal: Portal) -> None:
    await portal.sign_in("editor")
    path = await retitled(portal)
    _, page = await portal.get(path)
    assert "Obtenir la carte de déchèterie" in texts(page)
    assert "Obtenir sa carte" in texts(page)
    sent, page = await portal.post(path, page, go="submit")
    assert sent.status == 303, texts(page)
    _, page = await portal.get(path)
    assert "une autre personne doit l’approuver" in texts(page)
    own, page = await portal.post(path, page, go="approve")
    assert own.status == 422
    await portal.sign_in("publisher")
    _, page = await portal.get("/agents/demarches")
    assert path in page
    _, page = await portal.get(path)
    approved, _ = await portal.post(path, page, go="approve")
    assert location(approved) == CARD
    _, public = await portal.get("/demarches/carte-decheterie")
    assert "Obtenir sa carte" in texts(public)
    _, page = await portal.get(CARD)
    for told in ("Version publiée", "version 2", "par vous", "Brouillon soumis", "modifiée ici"):
        assert told in texts(page)


async def test_a_sheet_sent_as_it_stands_changes_nothing(portal: Portal) -> None:
    await portal.sign_in("editor")
    path = await begun(portal)
    addresses = [f"{path}/parties/{one}" for one in ("essentiel", "delais", "donnees")]
    addresses += [f"{path}/parties/{one}" for one in ("document/0", "etape/1", "champ/2-0")]
    addresses += [f"{path}/parties/champ/2-3", f"{path}/parties/champ/0-2"]
    for address in addresses:
        _, page = await portal.get(address)
        saved, page = await portal.post(address, page, **inputs(page))
        assert saved.status == 303, texts(page)
    _, page = await portal.get(path)
    assert "Rien pour le moment." in texts(page)


async def test_a_field_is_added_described_moved_and_removed(portal: Portal) -> None:
    await portal.sign_in("editor")
    path = await begun(portal)
    _, page = await portal.get(f"{path}/ajouts/champ/2")
    refused, page = await portal.post(f"{path}/ajouts/champ/2", page, type="choice")
    assert refused.status == 422
    added, page = await portal.post(f"{path}/ajouts/champ/2", page, **NEW_FIELD, required="yes")
    assert added.status == 303, texts(page)
    sheet = location(added)
    assert sheet == f"{path}/parties/champ/2-5"
    _, page = await portal.get(sheet)
    assert "Répondez à la question" in page
    options = {"options.0.fr": "Clair", "options.0.en": "Light", "options.1.fr": "Sombre"}
    typed = {**inputs(page), **options, "options.1.en": "Dark", "show": "user_type == 'business'"}
    saved, page = await portal.post(sheet, page, **typed)
    assert saved.status == 303, texts(page)
    _, page = await portal.get(path)
    assert "si user_type == 'business'" in texts(page).replace("&#39;", "'")
    assert "À corriger" not in texts(page)
    moved, _ = await portal.post(path, page, go="up:champ/2-5")
    assert location(moved) == path
    _, page = await portal.get(path)
    assert page.index("Couleur du véhicule") < page.index("Immatriculation du véhicule")
    await portal.post(path, page, go="remove:champ/2-4")
    _, page = await portal.get(path)
    assert "Rien pour le moment." in texts(page)


async def test_documents_and_steps_are_added_and_their_faults_lead_to_them(
    portal: Portal,
) -> None:
    await portal.sign_in("editor")
    path = await begun(portal)
    label = {"label.fr": "Photo d'identité", "label.en": "Photograph"}
    _, page = await portal.get(f"{path}/ajouts/document")
    added, _ = await portal.post(f"{path}/ajouts/document", page, **label)
    assert location(added) == f"{path}/parties/document/2"
    _, page = await portal.get(f"{path}/ajouts/etape")
    added, _ = await portal.post(f"{path}/ajouts/etape", page, **label)
    assert location(added) == f"{path}/parties/etape/3"
    _, page = await portal.get(path)
    assert f"{path}/parties/etape/3" in page
    assert "Espaces, apostrophes ou guillemets à corriger" in texts(page)
    await portal.post(path, page, go="typography")
    _, page = await portal.get(path)
    assert "Espaces, apostrophes" not in texts(page)
    assert "Photo d’identité" in texts(page)
    stopped, page = await portal.post(path, page, go="submit")
    assert stopped.status == 422
    assert "Corrigez d’abord" in texts(page)


async def test_two_editors_see_each_other_and_lose_no_word(portal: Portal) -> None:
    await portal.sign_in("editor")
    path = await begun(portal)
    sheet = f"{path}/parties/essentiel"
    _, seen = await portal.get(sheet)
    mine = {**inputs(seen), "title.fr": "Le titre de la première"}
    assert (await portal.post(sheet, seen, **mine))[0].status == 303
    # sent twice, it is done once
    assert (await portal.post(sheet, seen, **mine))[0].status == 303
    refused, page = await portal.post(sheet, seen, **{**mine, "title.fr": "Celui de la seconde"})
    assert refused.status == 409
    assert "Quelqu’un a modifié ce brouillon" in texts(page)
    assert "Le titre de la première" in texts(page)
    assert 'value="Celui de la seconde"' in page
    again, _ = await portal.post(sheet, page, **inputs(page))
    assert again.status == 303
    _, page = await portal.get(path)
    assert "Celui de la seconde" in texts(page)


async def test_the_yaml_is_typed_and_its_faults_are_told_by_line(portal: Portal) -> None:
    await portal.sign_in("editor")
    path = await begun(portal)
    _, page = await portal.get(f"{path}/yaml")
    bad = "id: carte-decheterie\ntitle: &t {fr: x}\n"
    refused, page = await portal.post(f"{path}/yaml", page, source=bad)
    assert refused.status == 422
    assert "Ligne 2" in texts(page)
    assert "Les ancres" in texts(page)
    assert "title: &amp;t {fr: x}" in page
    faulty = "id: carte-decheterie\nkind: internal\ntitle: {fr: Un titre}\n"
    kept, _ = await portal.post(f"{path}/yaml", page, source=faulty)
    assert location(kept) == f"{path}/yaml"
    _, page = await portal.get(f"{path}/yaml")
    assert "Titre, en anglais" in texts(page)
    assert "ligne 3 du YAML" in texts(page)
    _, page = await portal.get(path)
    assert "Un titre" in texts(page)
    told, _ = await portal.get(f"{path}/apercu")
    assert location(told) == path
