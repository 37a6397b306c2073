"""Reading the texts: the one in force, the earlier ones, and nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest

from services.legal.documents.model import sha256_of
from services.legal.documents.publishing import PublicationService
from tests.services.legal.conftest import BEGINNING, TERMS, Callers, SetClock, version

SWITCH = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)


@pytest.mark.promise("LEG-01")
async def test_it_lists_what_is_in_force(callers: Callers, published: object) -> None:
    response = await callers.get("/documents?language=en")
    assert response.status == 200
    documents = (await response.json())["documents"]
    assert [document["slug"] for document in documents] == [TERMS, "cookies"]
    text = version().texts["en"]
    assert documents[0] == {
        "slug": TERMS,
        "title": text.title,
        "summary": text.summary,
        "version": 1,
        "effective_from": BEGINNING.isoformat(),
        "effective_until": None,
        "content_hash": text.content_hash,
        "material": True,
        "languages": ["fr", "en"],
    }
    assert documents[1]["material"] is False


@pytest.mark.promise("LEG-01")
async def test_it_shows_a_text_as_html(callers: Callers, published: object) -> None:
    response = await callers.get(f"/documents/{TERMS}")
    document = await response.json()
    text = version().texts["fr"]
    assert document["title"] == text.title
    assert document["language"] == "fr"
    assert document["html"] == '<h2 id="section-objet">Objet</h2>\n<p>Version 1. (fr)</p>'
    assert document["content_hash"] == sha256_of(f"{text.title}\n{text.markdown}")
    assert [one["version"] for one in document["versions"]] == [1]


@pytest.mark.promise("LEG-03")
async def test_a_version_comes_into_force_at_its_minute_and_the_former_stays(
    callers: Callers, publications: PublicationService, clock: SetClock
) -> None:
    await publications.publish_versions([version(1), version(2, SWITCH)])
    clock.instant = SWITCH - timedelta(microseconds=1)
    before = await (await callers.get(f"/documents/{TERMS}")).json()
    assert (before["version"], len(before["versions"])) == (1, 1)
    assert (await callers.get(f"/documents/{TERMS}?version=2")).status == 404
    clock.instant = SWITCH
    after = await (await callers.get(f"/documents/{TERMS}")).json()
    assert after["version"] == 2
    assert [one["version"] for one in after["versions"]] == [2, 1]
    former = await (await callers.get(f"/documents/{TERMS}?version=1")).json()
    assert former["html"] == before["html"]
    assert former["content_hash"] == before["content_hash"]


async def test_an_unchanged_text_is_not_sent_again(
    callers: Callers, publications: PublicationService, clock: SetClock
) -> None:
    await publications.publish_versions([version(1), version(2, SWITCH)])
    for path in ("/documents", f"/documents/{TERMS}"):
        clock.instant = SWITCH - timedelta(minutes=1)
        first = await callers.get(path)
        known = {"If-None-Match": first.headers["ETag"]}
        again = await callers.get(path, known)
        assert (again.status, await again.read()) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        english = await callers.get(f"{path}?language=en", known)
        assert english.status == 200
        clock.instant = SWITCH
        assert (await callers.get(path, known)).status == 200


@pytest.mark.parametrize(
    "path",
    ["/documents/inconnu", "/documents/A", "/documents/a%2Fb", f"/documents/{TERMS}?version=9"],
)
async def test_it_says_when_there_is_no_such_text(
    callers: Callers, published: object, path: str
) -> None:
    response = await callers.get(path)
    assert response.status == 404
    assert (await response.json())["code"] == "document-not-found"


@pytest.mark.parametrize("query", ["language=de", "version=0", "version=x", "version=99999999999"])
async def test_it_refuses_what_it_does_not_know(callers: Callers, query: str) -> None:
    assert (await callers.get(f"/documents/{TERMS}?{query}")).status == 422
