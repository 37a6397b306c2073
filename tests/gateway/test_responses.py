"""gateway.responses: no open redirect; a public page is kept for everybody, and for nobody else."""

import pytest

from gateway.responses import local_path
from tests.gateway.conftest import OpenGateway
from tests.gateway.forms import read_form


@pytest.mark.promise("SEC-01")
@pytest.mark.parametrize(
    "address",
    [
        "",
        "compte",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "/a\\..\\b",
        "/\t/evil.example",
        "/a\r\nSet-Cookie: b",
        "\\/evil.example",
        "javascript:alert(1)",
        " /compte",
    ],
)
def test_it_never_leads_away(address: str) -> None:
    assert local_path(address, "/compte") == "/compte"


@pytest.mark.parametrize("address", ["/", "/compte", "/demarches?q=eau&theme=x", "/a//b"])
def test_it_leads_to_our_own_pages(address: str) -> None:
    assert local_path(address, "/autre") == address


async def test_signing_in_never_leads_away(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    page = await client.get("/connexion", params={"return_to": "//evil.example/"})
    form = read_form(await page.text(), "/connexion")
    assert form.value("return_to") == ""
