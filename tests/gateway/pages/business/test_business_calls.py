"""What an application is answered at the portal's address before anything is passed on."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from gateway.pages.business import handlers
from tests.gateway.conftest import OpenGateway

REQUEST = "/business/requests/0198c0de-0000-7000-8000-000000000001"
TOKEN = {"Authorization": "Bearer parvis_" + "x" * 43}
JSON = {**TOKEN, "Content-Type": "application/json"}

pytestmark = pytest.mark.promise("SEC-01", "SEC-02")


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "code"),
    [
        ("GET", "/business/requests", {}, 401, "token-refused"),
        ("GET", "/business/requests", {"Authorization": "Basic eDp5"}, 401, "token-refused"),
        ("GET", "/business/requests", {"Authorization": "Bearer "}, 401, "token-refused"),
        ("GET", "/business/requests", {"Authorization": "Bearer " + "x" * 201}, 401, None),
        ("GET", "/business/requests", {"Authorization": "Bearer é"}, 401, "token-refused"),
        # a browser's session is nobody here
        ("GET", "/business/requests", {"Cookie": "parvis=" + "x" * 43}, 401, "token-refused"),
        ("GET", "/business/requests?token=parvis_x", {}, 401, "token-refused"),
        ("GET", "/business/requests", {"Business-Token": "parvis_x"}, 401, "token-refused"),
        ("GET", "/business/requests/1", TOKEN, 404, "not-found"),
        ("GET", f"{REQUEST}/documents/..%2Fx", TOKEN, 404, "not-found"),
        ("DELETE", REQUEST, TOKEN, 404, "not-found"),
        ("PUT", f"{REQUEST}/actions", JSON, 404, "not-found"),
        ("GET", "/business/", {}, 404, "not-found"),
        ("POST", f"{REQUEST}/actions", TOKEN, 415, "media-type"),
        ("GET", "/business/requests", TOKEN, 503, "unavailable"),
        ("GET", f"{REQUEST}/documents/{REQUEST[-36:]}", TOKEN, 503, "unavailable"),
        ("POST", f"{REQUEST}/actions", JSON, 503, "unavailable"),
        ("GET", "/business/openapi.json", {}, 503, "unavailable"),
    ],
)
async def test_it_answers_a_problem_document_and_gives_no_cookie(
    open_gateway: OpenGateway,
    method: str,
    path: str,
    headers: dict[str, str],
    status: int,
    code: str | None,
) -> None:
    client = await open_gateway()
    response = await client.request(method, path, headers=headers)
    problem = await response.json()
    assert (response.status, response.content_type) == (status, "application/problem+json")
    assert problem["status"] == status
    assert code is None or problem["code"] == code
    assert "Set-Cookie" not in response.headers
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert (response.headers.get("WWW-Authenticate") == "Bearer") == (status == 401)
    assert ("Retry-After" in response.headers) == (status == 503)


async def test_another_sites_page_may_send_what_it_likes_without_a_token(
    open_gateway: OpenGateway,
) -> None:
    client = await open_gateway()
    headers = {"Origin": "https://evil.example", "Content-Type": "text/plain"}
    response = await client.post(f"{REQUEST}/actions", data="{}", headers=headers)
    assert response.status == 401


async def test_a_body_is_bounded_in_size(open_gateway: OpenGateway) -> None:
    client = await open_gateway()
    body = b" " * (handlers.MAX_BYTES + 1)
    response = await client.post(f"{REQUEST}/actions", data=body, headers=JSON)
    assert (response.status, (await response.json())["code"]) == (413, "too-large")


async def test_a_body_is_bounded_in_time(
    open_gateway: OpenGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers, "BODY_SECONDS", 0.1)
    client, ended = await open_gateway(), asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield b"{"
        await ended.wait()

    response = await client.post(f"{REQUEST}/actions", data=slowly(), headers=JSON)
    assert (response.status, (await response.json())["code"]) == (408, "too-slow")
    ended.set()


async def test_each_token_has_a_number_of_calls_of_its_own(
    open_gateway: OpenGateway, redis: Redis
) -> None:
    client = await open_gateway()
    statuses = [(await client.get("/business/requests", headers=TOKEN)).status for _ in range(301)]
    assert (set(statuses[:300]), statuses[300]) == ({503}, 429)
    other = {"Authorization": "Bearer parvis_" + "y" * 43}
    assert (await client.get("/business/requests", headers=other)).status == 503
    refused = await client.get("/business/requests", headers=TOKEN)
    assert refused.content_type == "application/problem+json"
    assert int(refused.headers["Retry-After"]) >= 1
    # what is counted says nothing of the token
    kept = b"".join([key async for key in redis.scan_iter("*")])
    assert b"x" * 43 not in kept
