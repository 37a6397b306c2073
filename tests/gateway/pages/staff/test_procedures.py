"""Staff amend a procedure in the browser: forms, YAML, preview, second person (CAT-06)."""

import re

import pytest
from aiohttp import FormData

from tests.gateway.pages.legal.conftest import HIDDEN, Portal, location, texts

pytestmark = pytest.mark.promise("CAT-06", "SES-02")
CARD = "/agents/demarches/carte-decheterie"
STEP_FORM = re.compile(r'<form class="inline".*?</form>', re.DOTALL)
NEW_FIELD = {"type": "choice", "label.fr": "Couleur du véhicule", "label.en": "Vehicle colour"}


async def begun(portal: Portal) -> str:
    """Begin a draft of the card in the browser and return its address."""
    _, page = await portal.get(CARD)
    started, _ = await portal.post("/agents/modifications", page, go="procedure")
    assert started.status == 303
    return location(started)


async def retitled(portal: Portal, title: str = "Obtenir sa carte") -> str:
    """Begin a draft and change the French title by the form."""
    path = await begun(portal)
    sheet = f"{path}/parties/essentiel"
    _, page = await portal.get(sheet)
    typed = {**inputs(page), "title.fr": title}
    saved, page = await portal.post(sheet, page, **typed)
    assert saved.status == 303, texts(page)
    return path


def inputs(page: str) -> dict[str, str]:
    """What a browser would send of the main form as it stands."""
    found = dict(re.findall(r'<input type="text"[^>]* name="([^"]+)" value="([^"]*)"', page))
    areas = re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    ticked = re.findall(r'name="([^"]+)" value="([^"]*)" checked', page)
    chosen = re.findall(
        r'<select [^>]*name="([^"]+)".*?<option value="([^"]*)" selected', page, re.DOTALL
    )
    return {**found, **dict(areas), **dict(ticked), **dict(chosen)}


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
    assert location(moved) == f"{path}#champ-2-5"
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


async def test_an_exported_file_comes_in_again(portal: Portal) -> None:
    await portal.sign_in("editor")
    response, exported = await portal.get(f"{CARD}/versions/1/fichier")
    assert response.headers["Content-Disposition"] == 'attachment; filename="carte-decheterie.yaml"'
    _, page = await portal.get("/agents/modifications/nouvelle")
    sent, _ = await upload(portal, page, exported.encode())
    assert sent.status == 303
    _, page = await portal.get(location(sent))
    assert "Rien pour le moment." in texts(page)
    _, page = await portal.get("/agents/modifications/nouvelle")
    for hostile in (b"\xff\xfe", b"a: *b", b"x" * 200_001, b""):
        refused, told = await upload(portal, page, hostile)
        assert refused.status == 422, texts(told)
        assert "champ-file" in told


async def upload(portal: Portal, page: str, content: bytes):  # type: ignore[no-untyped-def]
    """Send a file by the form of import."""
    form = FormData({**dict(HIDDEN.findall(page)), "go": "import"})
    form.add_field("file", content, filename="x.yaml", content_type="application/yaml")
    response = await portal.client.post("/agents/modifications", data=form, allow_redirects=False)
    return response, await response.text()


async def test_a_new_procedure_is_begun_with_a_title(portal: Portal) -> None:
    await portal.sign_in("editor")
    _, page = await portal.get("/agents/modifications/nouvelle")
    refused, page = await portal.post("/agents/modifications", page, go="new")
    assert refused.status == 422
    assert "Écrivez le titre en français." in texts(page)
    typed = {
        "title.fr": "Emprunter un vélo",
        "title.en": "Borrow a bicycle",
        "service": "dechets",
        "counter": "hotel-communautaire",
        "theme": "transports",
        "audience": "particuliers",
    }
    made, page = await portal.post("/agents/modifications", page, **typed, go="new")
    assert made.status == 303, texts(page)
    _, page = await portal.get(location(made))
    assert "Remplacez […] par votre texte" in texts(page)
    _, page = await portal.get(f"{location(made)}/apercu/vous")
    assert "Indiquez" not in texts(page)


async def test_a_step_is_tried_and_nothing_is_kept(portal: Portal) -> None:
    await portal.sign_in("editor")
    path = await begun(portal)
    _, page = await portal.get(f"{path}/apercu")
    assert "Aperçu d’un brouillon" in texts(page)
    assert "Obtenir la carte de déchèterie" in texts(page)
    step = f"{path}/apercu/vous"
    _, page = await portal.get(step)
    wrong, page = await portal.post(step, page, go="next", **{"answer.family_name": "Pagnol"})
    assert wrong.status == 422
    assert "Indiquez votre prénom." in texts(page)
    typed = {"answer.family_name": "Pagnol", "answer.given_name": "Manon"}
    typed["answer.email"] = "manon@example.org"
    tried, page = await portal.post(step, page, go="next", **typed)
    assert tried.status == 200
    assert "Votre adresse" in texts(page)
    assert '<input type="hidden" name="answer.family_name" value="Pagnol">' in page
    _, page = await portal.get(step)
    assert "Pagnol" not in page


async def test_a_procedure_is_suspended_and_opened_again(portal: Portal) -> None:
    await portal.sign_in("publisher")
    _, page = await portal.get(CARD)
    refused, page = await portal.post(f"{CARD}/etat", page, go="suspended", since="un jour")
    assert refused.status == 422
    assert 'value="un jour"' in page
    why = {"reason.fr": "Panne des barrières.", "reason.en": "Broken gates."}
    done, _ = await portal.post(f"{CARD}/etat", page, go="suspended", since="20/11/2026", **why)
    assert location(done) == CARD
    _, page = await portal.get(CARD)
    assert "Panne des barrières." in texts(page)
    await portal.post(f"{CARD}/etat", page, go="published")
    _, page = await portal.get(CARD)
    assert "Publiée" in texts(page)
    assert "État changé" in texts(page)


@pytest.mark.promise("SEC-02")
async def test_each_role_sees_its_own_pages(portal: Portal) -> None:
    await portal.sign_in("editor")
    path = await begun(portal)
    drafts = [path, f"{path}/yaml", f"{path}/parties/essentiel", f"{path}/apercu"]
    everyone = ["/agents/demarches", CARD]
    await portal.sign_in("supervisor:dechets")
    assert [(await portal.get(one))[0].status for one in everyone] == [200, 200]
    assert {(await portal.get(one))[0].status for one in drafts} == {403}
    await portal.sign_in("agent:dechets")
    assert {(await portal.get(one))[0].status for one in (*drafts, *everyone)} == {403}
    await portal.sign_in("publisher")
    _, page = await portal.get(path)
    assert "Ajouter un champ" not in texts(page)
    assert (await portal.post(path, page, go="remove:champ/0-0"))[0].status == 403
    portal.client.session.cookie_jar.clear()
    for address in (*drafts, *everyone):
        assert location((await portal.get(address))[0]) == f"/connexion?return_to={address}"


async def test_an_address_of_nothing_is_not_found(portal: Portal) -> None:
    await portal.sign_in("editor")
    path = await begun(portal)
    for end in ("parties/champ/9-9", "parties/autre", "ajouts/champ/9", "ajouts/x", "apercu/rien"):
        assert (await portal.get(f"{path}/{end}"))[0].status == 404, end
    assert (await portal.get("/agents/modifications/pas-un-identifiant"))[0].status == 404
    assert (await portal.get("/agents/demarches/inconnue"))[0].status == 404
