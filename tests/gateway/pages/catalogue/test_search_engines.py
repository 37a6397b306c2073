"""What search engines read: structured data, one address for each page, the sitemap (CAT-01)."""

import json
import re
from xml.etree import ElementTree

import pytest

from tests.gateway.pages.legal.conftest import Portal

pytestmark = pytest.mark.promise("CAT-01")

CARD = "/demarches/carte-decheterie"
BASE = "http://127.0.0.1:8000"
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


async def test_a_procedure_is_a_government_service_with_every_way_to_it(portal: Portal) -> None:
    _, page = await portal.get(CARD)
    found = DATA.search(page)
    assert found is not None
    data = json.loads(found[1])
    assert (data["@context"], data["@type"]) == ("https://schema.org", "GovernmentService")
    assert data["url"] == BASE + CARD
    assert data["name"] == "Obtenir la carte de déchèterie"
    assert "Nîmes Métropole" in data["provider"]["name"]
    assert {one["audienceType"] for one in data["audience"]} == {
        "Particuliers",
        "Entreprises et indépendants",
    }
    channels = data["availableChannel"]
    assert channels[0]["serviceUrl"] == BASE + CARD
    assert any("serviceLocation" in one for one in channels)
    assert any("servicePhone" in one for one in channels)


async def test_the_data_are_in_the_language_of_the_page(portal: Portal) -> None:
    _, page = await portal.get(f"{CARD}?lang=en")
    found = DATA.search(page)
    assert found is not None
    assert json.loads(found[1])["name"] == "Get the recycling-centre card"


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        (CARD, CARD),
        (f"{CARD}?utm_source=x&lang=fr", CARD),
        (f"{CARD}?lang=en", f"{CARD}?lang=en"),
        ("/demarches?theme=eau", "/demarches"),
        ("/", "/"),
    ],
)
async def test_each_page_names_its_one_address(portal: Portal, asked: str, canonical: str) -> None:
    _, page = await portal.get(asked)
    assert re.findall(r'<link rel="canonical" href="([^"]+)">', page) == [BASE + canonical]
    assert re.findall(r'<link rel="alternate" hreflang="(\w+)"', page) == ["fr", "en"]


async def test_a_page_for_one_person_names_none(portal: Portal) -> None:
    _, page = await portal.get("/suivi")
    assert "canonical" not in page


async def test_the_sitemap_lists_the_addresses_that_pages_name(portal: Portal) -> None:
    response, text = await portal.get("/sitemap.xml")
    assert response.content_type == "application/xml"
    places = [one.text for one in ElementTree.fromstring(text).iter(f"{SITEMAP}loc")]
    assert BASE + CARD in places
    assert len(places) == len(set(places)) > 25
    assert not [place for place in places if place and "/dossiers" in place]
