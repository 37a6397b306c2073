"""Staff amend a text in the browser: written by one, approved by another, scheduled, cancelled."""

from datetime import timedelta

import pytest

from tests.gateway.pages.legal.conftest import Portal, location, texts
from tests.services.legal.conftest import TERMS, version

TYPED = {
    "change": "material",
    "effective_from": "",
    **{f"{language}.title": "Les règles" for language in ("fr", "en")},
    **{f"{language}.summary": "En bref" for language in ("fr", "en")},
    **{f"{language}.markdown": "## Objet\n\nLe service est gratuit." for language in ("fr", "en")},
}


async def begun(portal: Portal) -> str:
    """Begin a draft in the browser and return its address."""
    _, page = await portal.get(f"/agents/textes/{TERMS}")
    started, _ = await portal.post(f"/agents/textes/{TERMS}/brouillons", page)
    assert started.status == 303
    return location(started)


async def submitted(portal: Portal, **changes: str) -> str:
    path = await begun(portal)
    _, page = await portal.get(path)
    sent, page = await portal.post(path, page, **{**TYPED, **changes}, go="submit")
    assert sent.status == 303, texts(page)
    return path


@pytest.mark.promise("LEG-03")
async def test_one_writes_and_another_publishes(portal: Portal) -> None:
    await portal.legal.publications.publish_versions([version()])
    await portal.sign_in("editor")
    path = await begun(portal)
    _, page = await portal.get(path)
    assert "Version 1. (fr)" in page
    bad = {**TYPED, "fr.markdown": "# Objet\n\n[x](http://a.example)"}
    kept, _ = await portal.post(path, page, **bad, go="save")
    assert kept.status == 303
    _, page = await portal.get(path)
    assert "ce titre saute un niveau" in texts(page)
    assert "[x](http://a.example)" in page
    stopped, page = await portal.post(path, page, **bad, go="submit")
    assert stopped.status == 422
    assert "Corrigez d’abord" in texts(page)
    done, page = await portal.post(path, page, **TYPED, go="submit")
    assert done.status == 303, texts(page)
    _, page = await portal.get(path)
    assert "une autre personne doit l’approuver" in texts(page)
    own, page = await portal.post(path, page, go="approve")
    assert own.status == 422
    await portal.sign_in("publisher")
    _, page = await portal.get("/agents/textes")
    assert path in page
    _, page = await portal.get(path)
    assert "<ins>" in page
    approved, _ = await portal.post(path, page, go="approve")
    assert location(approved) == "/agents/textes"
    _, public = await portal.get(f"/{TERMS}")
    assert "Le service est gratuit." in public
    _, history = await portal.get(f"/agents/textes/{TERMS}")
    for told in ("Version publiée", "Brouillon approuvé", "par vous", "Brouillon commencé"):
        assert told in texts(history)


@pytest.mark.promise("LEG-03")
async def test_a_version_is_scheduled_then_cancelled(portal: Portal) -> None:
    await portal.legal.publications.publish_versions([version()])
    later = portal.clock.instant + timedelta(days=30)
    await portal.sign_in("editor")
    path = await begun(portal)
    _, page = await portal.get(path)
    refused, page = await portal.post(
        path, page, **TYPED | {"effective_from": "un jour"}, go="save"
    )
    assert refused.status == 422
    assert "un jour" in page
    sent, _ = await portal.post(
        path, page, **TYPED | {"effective_from": later.strftime("%d/%m/%Y %H:%M")}, go="submit"
    )
    assert sent.status == 303
    await portal.sign_in("publisher")
    _, page = await portal.get(path)
    await portal.post(path, page, go="approve")
    _, page = await portal.get(f"/agents/textes/{TERMS}")
    assert "À venir" in texts(page)
    cancel = f"/agents/textes/{TERMS}/versions/2/annuler"
    unsaid, page = await portal.post(cancel, page, reason="")
    assert unsaid.status == 422
    done, _ = await portal.post(cancel, page, reason="Report")
    assert location(done) == f"/agents/textes/{TERMS}"
    _, page = await portal.get(f"/agents/textes/{TERMS}")
    assert "Annulée" in texts(page)
    assert "Report" in texts(page)


@pytest.mark.promise("SEC-02")
async def test_only_staff_of_the_texts_see_these_pages(portal: Portal) -> None:
    await portal.legal.publications.publish_versions([version()])
    await portal.sign_in("editor")
    path = await submitted(portal)
    pages = ("/agents/textes", f"/agents/textes/{TERMS}", path)
    await portal.sign_in("agent")
    for address in pages:
        assert (await portal.get(address))[0].status == 403
    portal.client.session.cookie_jar.clear()
    for address in pages:
        assert location((await portal.get(address))[0]) == f"/connexion?return_to={address}"
