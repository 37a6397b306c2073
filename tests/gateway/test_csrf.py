"""gateway.csrf: a form is accepted from our own page, in the session that it was shown in."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from chassis.settings import read_settings
from gateway.app import build_app
from gateway.settings import Settings
from tests.gateway.conftest import OpenGateway
from tests.gateway.forms import form_of, read_form, send

SIGN_IN = "/connexion"
# sent to nobody: the fields are wrong, so the page comes back with 422 when the form was let in
EMPTY = {"identifier": "", "password": "", "return_to": ""}
OURS, FOREIGN = 422, 403


async def test_a_form_of_ours_is_let_in(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    form = await form_of(client, SIGN_IN)
    response = await send(client, SIGN_IN, {**dict(form.values), **EMPTY})
    assert response.status == OURS


@pytest.mark.promise("SEC-01")
@pytest.mark.parametrize("token", [None, "", "x" * 43, "é"])
async def test_it_refuses_a_form_without_the_session_s_token_and_keeps_the_typing(
    open_gateway: OpenGateway, token: str | None
) -> None:
    client = await open_gateway()
    await form_of(client, SIGN_IN)
    fields = {"identifier": "elise.m", "password": "Secret-1234!", "return_to": "/compte"}
    response = await send(
        client, SIGN_IN, fields | ({} if token is None else {"csrf_token": token})
    )
    html = await response.text()
    assert response.status == FOREIGN
    assert "elise.m" in html
    assert "Secret-1234!" not in html


async def test_it_refuses_the_token_of_another_session(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    form = await form_of(client, SIGN_IN)
    client.session.cookie_jar.clear()
    await form_of(client, SIGN_IN)
    response = await send(client, SIGN_IN, {**dict(form.values), **EMPTY})
    assert response.status == FOREIGN


async def test_what_was_refused_is_sent_again_with_one_press(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    await form_of(client, "/suivi")
    refused = await send(client, "/suivi", {"number": "", "code": "", "csrf_token": "old"})
    again = read_form(await refused.text(), "/suivi")
    response = await send(client, "/suivi", dict(again.values))
    assert response.status == OURS


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8001"},
        {"Origin": "", "Referer": "https://evil.example/page"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_it_refuses_what_another_site_sends(
    open_gateway: OpenGateway, headers: dict[str, str]
) -> None:
    client = await open_gateway()
    form = await form_of(client, SIGN_IN)
    response = await send(client, SIGN_IN, {**dict(form.values), **EMPTY}, **headers)
    assert response.status == FOREIGN


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ""},
        {"Origin": "", "Referer": "http://127.0.0.1:8000/connexion"},
        {"Sec-Fetch-Site": "same-origin"},
    ],
)
async def test_old_browsers_are_judged_by_the_token(
    open_gateway: OpenGateway, headers: dict[str, str]
) -> None:
    client = await open_gateway()
    form = await form_of(client, SIGN_IN)
    response = await send(client, SIGN_IN, {**dict(form.values), **EMPTY}, **headers)
    assert response.status == OURS


async def test_a_partner_s_notification_needs_neither_session_nor_token(environment: str) -> None:
    async def be_notified(_request: web.Request) -> web.Response:
        return web.Response(text="noted")

    be_notified.called_by_partners = True  # type: ignore[attr-defined]
    app = build_app(read_settings(Settings.read))
    app.router.add_post("/notification", be_notified)
    async with TestClient(TestServer(app)) as client:
        response = await client.post(
            "/notification", data={"a": "1"}, headers={"Origin": "https://partner.example"}
        )
        assert response.status == 200


@pytest.mark.promise("SES-01")
async def test_a_browser_that_refuses_cookies_is_told(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    form = await form_of(client, SIGN_IN)
    client.session.cookie_jar.clear()
    first = await send(client, SIGN_IN, {**dict(form.values), **EMPTY, "identifier": "elise"})
    assert "saisie est conservée" in (await first.text()).lower()
    again = read_form(await first.text(), SIGN_IN)
    client.session.cookie_jar.clear()
    second = await send(client, SIGN_IN, dict(again.values))
    assert second.status == FOREIGN
    assert "cookies" in (await second.text())
