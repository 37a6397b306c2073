"""A provider that tells something else than what was agreed: nothing is called, nobody comes in."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from chassis.http_client import open_session
from gateway.openid.departures import Departure
from gateway.openid.provider import MAX_BYTES, OpenIdProvider, ProviderAway
from gateway.openid.settings import KINDS, ProviderSettings
from gateway.openid.tokens import AnswerRefused
from tests.gateway.conftest import SetClock

pytestmark = pytest.mark.promise("ACC-12")
NAMES = ("authorization", "token", "userinfo", "end_session")
LEFT = Departure("franceconnect", "n" * 43, "v" * 43, "", False, 0.0)


class Odd:
    """Answers what a test says, and counts what it was asked."""

    def __init__(self) -> None:
        self.about: Any = {}
        self.answer: Callable[[], web.Response] | None = None
        self.asked: list[str] = []

    async def handle(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        if self.answer is not None:
            return self.answer()
        return web.json_response(self.about)

    def tell(self, issuer: str, /, **changes: Any) -> None:
        endpoints = {f"{name}_endpoint": f"{issuer}/{name}" for name in NAMES}
        self.about = {"issuer": issuer, **endpoints, "jwks_uri": f"{issuer}/jwks", **changes}


Opened = tuple[Odd, OpenIdProvider]


@pytest.fixture
async def opened(clock: SetClock) -> AsyncIterator[Opened]:
    odd, app = Odd(), web.Application()
    app.router.add_route("*", "/{path:.*}", odd.handle)
    async with TestServer(app, host="127.0.0.1") as server, open_session() as session:
        issuer = str(server.make_url("/api/v2"))
        kind = KINDS["franceconnect"]
        settings = ProviderSettings(
            *("franceconnect", kind.title, kind.about_url, issuer, "portal", "secret", "ES256"),
            scopes=kind.scopes,
            acr_values="eidas1",
            accepted_acr=kind.accepted_acr,
        )
        odd.tell(issuer)
        yield odd, OpenIdProvider(settings, session, "https://portal.example", clock)


async def leave(provider: OpenIdProvider) -> Any:
    return await provider.departure_url("s" * 43, LEFT)


async def test_addresses_are_those_of_the_discovery_and_are_kept(opened: Opened) -> None:
    odd, provider = opened
    for _ in range(3):
        url = await leave(provider)
        assert url.startswith(f"{provider.settings.issuer}/authorization?")
    assert odd.asked == ["/api/v2/.well-known/openid-configuration"]


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://elsewhere.example/api/v2"},
        {"token_endpoint": "https://elsewhere.example/token"},
        {"authorization_endpoint": "/relative"},
        {"jwks_uri": ""},
        {"end_session_endpoint": None},
        {"userinfo_endpoint": "http://127.0.0.1:1/userinfo"},
    ],
)
async def test_an_odd_discovery_is_not_followed(opened: Opened, changes: dict[str, Any]) -> None:
    odd, provider = opened
    odd.tell(provider.settings.issuer, **changes)
    with pytest.raises(AnswerRefused):
        await leave(provider)


@pytest.mark.parametrize(
    "answer",
    [
        lambda: web.Response(text="<html>"),
        lambda: web.json_response([]),
        lambda: web.Response(text="[" * 100_000),
        lambda: web.Response(body=b" " * (MAX_BYTES + 1)),
        lambda: web.Response(status=302, headers={"Location": "https://elsewhere.example/"}),
        lambda: web.Response(status=404),
    ],
)
async def test_garbage_is_refused(opened: Opened, answer: Callable[[], web.Response]) -> None:
    odd, provider = opened
    odd.answer = answer
    with pytest.raises(AnswerRefused):
        await leave(provider)
    assert len(odd.asked) == 1, "a redirection was followed"


async def test_a_broken_provider_is_left_alone_for_a_while(opened: Opened, clock: SetClock) -> None:
    odd, provider = opened
    odd.answer = lambda: web.Response(status=500)
    for _ in range(8):
        with pytest.raises(ProviderAway):
            await leave(provider)
    assert len(odd.asked) == 5
    odd.answer = None
    clock.pass_by(6)
    assert await leave(provider)


@pytest.mark.parametrize(
    "tokens",
    [{}, {"id_token": 7}, {"id_token": "a.b"}, {"id_token": "a.b.c"}, {"id_token": "é.é.é"}],
)
async def test_what_is_no_token_is_refused(opened: Opened, tokens: dict[str, Any]) -> None:
    odd, provider = opened
    await leave(provider)
    odd.about = tokens
    with pytest.raises(AnswerRefused):
        await provider.vouched_person("code", LEFT)
