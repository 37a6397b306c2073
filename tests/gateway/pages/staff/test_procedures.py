"""Staff amend a procedure in the browser: import, preview, states, roles (CAT-06)."""

import pytest

from tests.gateway.pages.legal.conftest import Portal, location, texts
from tests.gateway.pages.staff.editor import CARD, begun, upload

pytestmark = pytest.mark.promise("CAT-06", "SES-02")


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
