"""gateway.assets: static files under addresses that change with their content."""

import re

import pytest

from gateway.assets import FOLDER, FOREVER
from tests.gateway.conftest import OpenGateway

STYLESHEET = "/static/css/base.css"


async def versioned(client: object, path: str) -> str:
    page = await client.get("/suivi")  # type: ignore[attr-defined]
    found = re.search(rf"{re.escape(path)}\?v=[0-9a-f]+", await page.text())
    assert found is not None
    return found[0]


async def test_what_its_address_names_is_kept_for_a_year(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    response = await client.get(await versioned(client, STYLESHEET))
    assert response.headers["Cache-Control"] == FOREVER
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert await response.read() == (FOLDER / "css" / "base.css").read_bytes()


async def test_another_version_is_not_kept_for_long(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    response = await client.get(f"{STYLESHEET}?v=0000")
    assert "immutable" not in response.headers["Cache-Control"]


async def test_an_unchanged_file_is_not_sent_again(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    first = await client.get(STYLESHEET)
    again = await client.get(STYLESHEET, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status == 304


async def test_it_is_compressed_only_for_who_asks(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    small = await client.get(STYLESHEET, headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    whole = await client.get(STYLESHEET, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in whole.headers
    assert await small.read() == await whole.read()


@pytest.mark.promise("SEC-01")
@pytest.mark.parametrize(
    "path", ["nothing.css", "../settings.py", "..%2fsettings.py", "css/../../app.py", "%2e%2e/x"]
)
async def test_nothing_else_is_served(open_gateway: OpenGateway, path: str) -> None:
    client = await open_gateway()
    response = await client.get(f"/static/{path}")
    assert response.status == 404


async def test_the_icon_of_old_browsers_leads_to_ours(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    response = await client.get("/favicon.ico")
    assert response.status == 200
    assert response.headers["Content-Type"].startswith("image/svg+xml")
