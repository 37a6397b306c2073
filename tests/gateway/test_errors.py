"""gateway.errors: a failure becomes a page that says what happened, what is kept, what to do."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from redis.asyncio import Redis

from chassis.settings import read_settings
from gateway.app import build_app
from gateway.settings import Settings
from tests.gateway.conftest import OpenGateway
from tests.gateway.forms import form_of, send
from tests.support.environment import NOWHERE
from tests.support.html_faults import html_faults

STEP = "/dossiers/0192f0c1-7e4b-7cc3-98c4-dc0c0c07398f/etapes/vous"
TYPED = {"answer.family_name": "Pagnol", "revision": "0"}
WAYS = "guichet, par courrier ou par téléphone"


@pytest.mark.promise("AVA-03")
@pytest.mark.parametrize(
    ("path", "status"), [("/nulle-part", 404), ("/dossiers/x", 404), ("/demarches", 503)]
)
async def test_an_error_page_leads_to_the_other_ways(
    open_gateway: OpenGateway, path: str, status: int
) -> None:
    client = await open_gateway()
    response = await client.get(path)
    html = await response.text()
    assert response.status == status
    assert WAYS in html
    assert html_faults(html) == []


async def test_a_wrong_method_is_told(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    form = await form_of(client, "/suivi")
    assert (await send(client, "/demarches", dict(form.values))).status == 405


@pytest.mark.promise("SES-03", "AVA-03")
async def test_typing_comes_back_when_a_service_does_not_answer(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    form = await form_of(client, "/suivi")
    token = {"csrf_token": form.value("csrf_token")}
    response = await send(client, STEP, {**token, **TYPED, "request_key": "k" * 43})
    html = await response.text()
    assert response.status == 503
    assert 'value="Pagnol"' in html
    assert "Reprendre" in html


@pytest.mark.promise("SES-03")
async def test_a_lost_session_of_an_account_asks_for_the_sign_in(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    response = await send(
        client, STEP, {**TYPED, "csrf_token": "old", "again": "1"}, Cookie="parvis=x"
    )
    html = await response.text()
    assert response.status == 403
    assert "Pagnol" in html
    assert "/connexion?return_to=/reprise" in html


@pytest.mark.promise("SES-03")
async def test_typing_comes_back_when_redis_is_away(open_gateway: OpenGateway) -> None:
    client = await open_gateway(PARVIS_REDIS_URL=f"redis://{NOWHERE}/0")
    headers = {"Cookie": "parvis=" + "t" * 43}
    response = await send(client, STEP, {**TYPED, "csrf_token": "mine"}, **headers)
    html = await response.text()
    assert response.status == 503
    assert 'value="Pagnol"' in html
    assert 'value="mine"' in html


async def test_a_page_without_a_form_does_without_redis(open_gateway: OpenGateway) -> None:
    client = await open_gateway(PARVIS_REDIS_URL=f"redis://{NOWHERE}/0")
    response = await client.get("/nulle-part", headers={"Cookie": "parvis=" + "t" * 43})
    assert response.status == 404


async def test_an_unforeseen_failure_tells_nothing_of_itself(
    environment: str, redis: Redis
) -> None:
    async def fail(_request: web.Request) -> web.Response:
        raise RuntimeError("secret detail")

    app = build_app(read_settings(Settings.read))
    app.router.add_get("/panne", fail)
    async with TestClient(TestServer(app)) as client:
        response = await client.get("/panne")
        html = await response.text()
    assert response.status == 500
    assert "secret detail" not in html
    assert "momentanément indisponible" in html
    assert "Content-Security-Policy" in response.headers
