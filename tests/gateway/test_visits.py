"""gateway.visits: the cookies of a visit, over HTTP and behind TLS; signing out."""

import pytest

from tests.gateway.conftest import OpenGateway
from tests.gateway.forms import form_of, send

SECURE = "https://demarches.example"


async def test_a_page_without_a_form_sets_no_cookie(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    response = await client.get("/robots.txt")
    assert "Set-Cookie" not in response.headers


@pytest.mark.promise("SES-01")
async def test_the_session_s_cookie_ends_with_the_browser_and_no_script_reads_it(
    open_gateway: OpenGateway,
) -> None:
    client = await open_gateway()
    response = await client.get("/suivi")
    [cookie] = response.headers.getall("Set-Cookie")
    assert cookie.startswith("parvis=")
    assert set(cookie.split("; ")[1:]) == {"HttpOnly", "Path=/", "SameSite=Lax"}


@pytest.mark.promise("SEC-01")
async def test_behind_tls_the_cookie_is_bound_to_the_host(open_gateway: OpenGateway) -> None:
    client = await open_gateway(PARVIS_PUBLIC_URL=SECURE)
    response = await client.get("/suivi")
    [cookie] = response.headers.getall("Set-Cookie")
    assert cookie.startswith("__Host-parvis=")
    assert set(cookie.split("; ")[1:]) == {"HttpOnly", "Path=/", "SameSite=Lax", "Secure"}


async def test_the_language_chosen_is_remembered_until_the_browser_closes(
    open_gateway: OpenGateway,
) -> None:
    client = await open_gateway()
    english = await client.get("/suivi?lang=en")
    assert '<html lang="en"' in await english.text()
    [cookie] = [c for c in english.headers.getall("Set-Cookie") if c.startswith("langue=")]
    assert "expires" not in cookie.lower()
    assert "max-age" not in cookie.lower()
    later = await client.get("/suivi")
    assert '<html lang="en"' in await later.text()


async def test_a_new_visit_reads_the_browser_s_language(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    page = await client.get("/suivi", headers={"Accept-Language": "de, en-GB;q=0.8"})
    assert '<html lang="en"' in await page.text()


async def test_signing_out_ends_the_session_on_the_server(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    form = await form_of(client, "/suivi")
    [token] = [cookie.value for cookie in client.session.cookie_jar]
    response = await send(client, "/deconnexion", {"csrf_token": form.value("csrf_token")})
    assert response.status == 303
    client.session.cookie_jar.update_cookies({"parvis": token}, client.make_url("/"))
    later = await form_of(client, "/suivi")
    assert later.value("csrf_token") != form.value("csrf_token")
