"""The legal texts as people read them: versions, days, differences, and legal stopped."""

from datetime import timedelta

import pytest

from services.legal.documents.model import DocumentVersion
from tests.gateway.pages.legal.conftest import Portal, location, texts
from tests.services.legal.conftest import TERMS, version

SECOND = timedelta(days=2)


def both(portal: Portal, change: str = "material") -> list[DocumentVersion]:
    later = portal.clock.instant + SECOND
    return [
        version(1, words="Le guichet reste ouvert."),
        version(2, later, words="Le courrier reste ouvert.", change=change),
        *(version(slug=slug) for slug in ("cookies", "partenaires")),
    ]


@pytest.mark.promise("LEG-01", "LEG-03")
async def test_each_version_and_each_day_has_its_address(portal: Portal) -> None:
    await portal.legal.publications.publish_versions(both(portal))
    first_day = portal.clock.instant.date()
    response, page = await portal.get(f"/{TERMS}")
    assert response.status == 200
    assert "Le guichet reste ouvert." in page
    assert f"/{TERMS}/versions/1" in page
    portal.clock.pass_by(SECOND.total_seconds() - 0.001)
    assert "Le guichet" in (await portal.get(f"/{TERMS}"))[1]
    portal.clock.pass_by(0.001)
    _, page = await portal.get(f"/{TERMS}")
    assert "Le courrier reste ouvert." in page
    _, old = await portal.get(f"/{TERMS}/versions/1")
    assert "Le guichet reste ouvert." in old
    assert "Ceci est une ancienne version" in old
    _, of_day = await portal.get(f"/{TERMS}/en-vigueur-le/{first_day.isoformat()}")
    assert "Le guichet reste ouvert." in of_day
    shown = first_day.strftime("%d/%m/%Y")
    found, _ = await portal.get(f"/{TERMS}/en-vigueur-le?jour={shown}")
    assert location(found) == f"/{TERMS}/en-vigueur-le/{first_day.isoformat()}"
    for typed in ("demain", "31/12/2999", "01/01/1900"):
        refused, page = await portal.get(f"/{TERMS}/en-vigueur-le?jour={typed}")
        assert refused.status == 422
        assert f'value="{typed}"' in page
    for path in (f"/{TERMS}/versions/9", f"/{TERMS}/versions/x", f"/{TERMS}/en-vigueur-le/x"):
        assert (await portal.get(path))[0].status == 404
    # the fixed address of a text comes before the partners' own pages
    assert "Les règles partenaires" in (await portal.get("/partenaires"))[1]
    assert (await portal.get("/partenaires/versions/1"))[0].status == 200


@pytest.mark.promise("LEG-03")
async def test_what_changes_is_said_in_words_and_marks(portal: Portal) -> None:
    await portal.legal.publications.publish_versions(both(portal))
    path = f"/{TERMS}/versions/1/changements/2"
    assert (await portal.get(path))[0].status == 404
    portal.clock.pass_by(SECOND.total_seconds())
    response, page = await portal.get(path)
    assert response.status == 200
    assert "[début de suppression]" in texts(page)
    assert "<del>" in page
    assert "<ins>" in page
    english = await portal.get(f"{path}?lang=en")
    assert "[start of removal]" in texts(english[1])


@pytest.mark.promise("LEG-01", "AVA-03")
async def test_texts_are_read_while_legal_is_stopped_and_the_page_says_so(portal: Portal) -> None:
    await portal.legal.publications.publish_versions(both(portal))
    await portal.get(f"/{TERMS}")
    await portal.servers["legal"].close()
    portal.clock.pass_by(10)
    response, page = await portal.get(f"/{TERMS}")
    assert response.status == 200
    assert "Le guichet reste ouvert." in page
    assert "Voici le dernier texte connu." in texts(page)
    never_read, page = await portal.get("/cookies")
    assert never_read.status == 503
    assert "guichet" in texts(page)
