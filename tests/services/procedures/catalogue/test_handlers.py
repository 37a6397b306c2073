"""The catalogue over HTTP, as the gateway reads it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from authority.profile import AuthorityProfile
from chassis.caller import CallerSigner, load_private_key
from chassis.database import Database
from chassis.settings import read_settings
from services.procedures.app import build_app
from services.procedures.catalogue.service import CatalogueService
from services.procedures.settings import Settings
from tests.services.procedures.catalogue.conftest import SHIPPED, SetClock
from tests.support.environment import service_environment


class Reads:
    """Reads the service as the gateway does."""

    def __init__(self, client: Any, keys: Path, clock: SetClock) -> None:
        self.client = client
        self.signer = CallerSigner("gateway", load_private_key(keys / "gateway.pem"), clock)

    async def get(self, path: str, **headers: str) -> ClientResponse:
        headers["Authorization"] = f"Bearer {self.signer.token('procedures')}"
        found: ClientResponse = await self.client.get(path, headers=headers)
        return found

    async def json(self, path: str) -> Any:
        response = await self.get(path)
        assert response.status == 200
        return await response.json()


@pytest.fixture
async def reads(
    procedures_database_url: str,
    redis_url: str,
    service_keys: Path,
    monkeypatch: pytest.MonkeyPatch,
    database: Database,
    profile: AuthorityProfile,
    clock: SetClock,
) -> AsyncIterator[Reads]:
    environment = service_environment(
        "procedures", service_keys, database_url=procedures_database_url, redis_url=redis_url
    )
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    await CatalogueService(database, profile, clock).load_definitions(SHIPPED.parent)
    application = build_app(read_settings(Settings.read), clock)
    async with TestClient(TestServer(application)) as client:
        yield Reads(client, service_keys, clock)


@pytest.mark.promise("CAT-01")
async def test_it_lists_every_procedure_with_what_one_needs_to_know(reads: Reads) -> None:
    found = await reads.json("/procedures?language=fr")
    assert len(found["procedures"]) == 25
    for summary in found["procedures"]:
        assert all(summary[key] for key in ("title", "purpose", "cost", "delay", "audiences"))
        assert summary["theme"] == summary["themes"][0]
    assert found["suggestion"] is None


@pytest.mark.promise("CAT-02")
async def test_it_searches_and_filters_with_counts(reads: Reads) -> None:
    found = await reads.json("/procedures?q=dechettrie")
    assert found["procedures"][0]["id"] == "carte-decheterie"
    assert found["suggestion"] == "déchèterie"
    filtered = await reads.json("/procedures?theme=eau&audience=entreprises&language=en")
    assert [one["id"] for one in filtered["procedures"]] == [
        "paiement-facture-eau",
        "branchement-eau-assainissement",
    ]
    assert {theme["id"]: theme["count"] for theme in filtered["themes"]}["economie"] == 3
    nothing = await reads.json("/procedures?theme=inconnu")
    assert nothing["procedures"] == []
    assert sum(theme["count"] for theme in nothing["themes"]) > 25


@pytest.mark.promise("CAT-03")
async def test_each_page_gives_the_other_ways(reads: Reads) -> None:
    for summary in (await reads.json("/procedures"))["procedures"]:
        ways = (await reads.json(f"/procedures/{summary['id']}"))["traditional"]
        assert all(counter["address_lines"] for counter in ways["counters"])
        assert all(counter["hours"] for counter in ways["counters"])
        assert len(ways["counters"]) >= 1
        assert ways["telephone"] or ways["email"] or ways["post"]


@pytest.mark.promise("DAT-07")
async def test_a_page_has_its_form_its_documents_and_its_notice(
    reads: Reads, profile: AuthorityProfile
) -> None:
    page = await reads.json("/procedures/carte-decheterie?language=en")
    assert page["version"] == 1
    assert page["documents"][0]["types"] == ["pdf", "jpeg", "png"]
    assert page["implicit_decision"]["outcome"] == "acceptance"
    assert page["implicit_decision"]["label"].startswith("If we have not answered after 2 months")
    assert all(page["personal_data"].values())
    fields = {field["id"]: field for one in page["form"]["pages"] for field in one["fields"]}
    assert fields["family_name"]["label"] == "Family name"
    assert fields["family_name"]["autocomplete"] == "family-name"
    communes = {option["label"] for option in fields["commune"]["options"]}
    assert communes == {commune.name for commune in profile.communes}


@pytest.mark.promise("PAY-05")
async def test_a_hand_off_says_to_whom_and_what_travels(reads: Reads) -> None:
    bill = await reads.json("/procedures/paiement-facture-eau")
    assert bill["payment"]["url"].startswith("https://www.payfip.gouv.fr/")
    assert len(bill["payment"]["data_shared"]) == 4
    assert (bill["form"], bill["partner"]) == (None, None)
    housing = await reads.json("/procedures/demande-logement-social")
    assert housing["partner"]["data_shared"] == []
    assert (housing["form"], housing["payment"]) == (None, None)


async def test_a_description_is_html_without_scripts(reads: Reads) -> None:
    page = await reads.json("/procedures/signalement-voirie")
    assert "<strong>En cas de danger immédiat</strong>" in page["description_html"]


@pytest.mark.parametrize(
    "path", ["/procedures", "/procedures?q=eau", "/procedures/carte-decheterie"]
)
async def test_an_unchanged_answer_is_not_sent_again(reads: Reads, path: str) -> None:
    first = await reads.get(path)
    again = await reads.get(path, **{"If-None-Match": first.headers["ETag"]})
    assert (first.status, again.status) == (200, 304)
    assert await again.read() == b""
    other = await reads.get(path, **{"If-None-Match": '"autre"'})
    assert other.status == 200


async def test_the_tag_follows_language_and_day(reads: Reads, clock: SetClock) -> None:
    path = "/procedures/subvention-association-sportive"
    tags = {(await reads.get(f"{path}?language={one}")).headers["ETag"] for one in ("fr", "en")}
    assert len(tags) == 2
    # 30 November, 23:30 at the authority is still the last day; half an hour later it is closed
    clock.instant = clock.instant.replace(day=30, hour=22, minute=30)
    last_day = await reads.json(path)
    clock.instant = clock.instant.replace(hour=23, minute=0)
    after = await reads.json(path)
    states = [page["availability"]["state"] for page in (last_day, after)]
    assert states == ["open", "closed"]


@pytest.mark.parametrize("slug", ["inconnue", "Carte-Decheterie", "..%2f..", "%00", "_shared"])
async def test_an_unknown_procedure_is_not_found(reads: Reads, slug: str) -> None:
    response = await reads.get(f"/procedures/{slug}")
    assert response.status == 404
    assert (await response.json())["code"] in ("procedure-not-found", "not-found")


@pytest.mark.parametrize("query", ["language=de", "q=" + "a" * 1001, "q=a&q=b"])
async def test_it_refuses_a_faulty_query(reads: Reads, query: str) -> None:
    assert (await reads.get(f"/procedures?{query}")).status == 422
