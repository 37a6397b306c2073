"""gateway.headers: the security headers of every answer, whatever it is."""

import pytest

from tests.gateway.conftest import OpenGateway

PATHS = (
    "/suivi",
    "/nulle-part",
    "/static/css/base.css",
    "/demarches",
    "/robots.txt",
    "/favicon.ico",
)
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "Parvis",
}
DIRECTIVES = {
    "default-src 'none'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
}


@pytest.mark.promise("SEC-01")
@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_has_them(open_gateway: OpenGateway, path: str) -> None:
    client = await open_gateway()
    response = await client.get(path, allow_redirects=False)
    for name, value in EXPECTED.items():
        assert response.headers[name] == value
    policy = set(response.headers["Content-Security-Policy"].split("; "))
    assert policy >= DIRECTIVES
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in response.headers


async def test_behind_tls_browsers_are_told_to_stay_there(open_gateway: OpenGateway) -> None:
    client = await open_gateway(PARVIS_PUBLIC_URL="https://demarches.example")
    response = await client.get("/suivi")
    seconds = response.headers["Strict-Transport-Security"].partition(";")[0]
    assert int(seconds.removeprefix("max-age=")) >= 31_536_000


@pytest.mark.promise("DAT-05")
async def test_a_page_with_a_form_is_kept_nowhere(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    assert (await client.get("/suivi")).headers["Cache-Control"] == "no-store"
