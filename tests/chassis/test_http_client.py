"""chassis.http_client against a real server on loopback"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from joserfc.jwk import OKPKey

from chassis.caller import CallerSigner, Person, SignatureChecker
from chassis.circuit_breaker import CircuitBreaker
from chassis.clock import Clock
from chassis.http_client import (
    Call,
    ServiceClient,
    ServiceProblem,
    ServiceUnavailable,
    open_session,
)
from deploy.local.ports import free_port

KEY = OKPKey.generate_key("Ed25519")


class Flaky:
    """A server that answers what it is told, in turn, then 200."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.seen: list[web.Request] = []

    async def answer(self, request: web.Request) -> web.Response:
        self.seen.append(request)
        await request.read()
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 0:
            assert request.transport is not None
            request.transport.close()
            await asyncio.sleep(0)
        return web.json_response({"status": status, "code": f"c-{status}"}, status=status or 200)


@pytest.fixture
async def flaky() -> AsyncIterator[tuple[Flaky, ServiceClient]]:
    behaviour = Flaky()
    application = web.Application()
    application.router.add_route("*", "/{tail:.*}", behaviour.answer)
    clock = Clock()
    async with TestServer(application) as server, open_session() as session:
        signer = CallerSigner("gateway", KEY, clock)
        url = str(server.make_url("/"))
        yield behaviour, ServiceClient(session, "legal", url, signer, CircuitBreaker(clock))


async def test_it_signs_each_call_for_its_audience_and_person(flaky: Any) -> None:
    behaviour, client = flaky
    await client.send(Call("GET", "/x", person=Person("a-1")))
    token = behaviour.seen[0].headers["Authorization"].removeprefix("Bearer ")
    caller = SignatureChecker("legal", {"gateway": KEY}, Clock()).caller(token)
    assert caller.person == Person("a-1")


async def test_it_repeats_a_read_that_failed_and_a_write_only_when_repeatable(flaky: Any) -> None:
    behaviour, client = flaky
    behaviour.statuses = [503, 0]
    assert (await client.send(Call("GET", "/x"))).status == 200
    assert len(behaviour.seen) == 3
    behaviour.statuses = [503]
    with pytest.raises(ServiceUnavailable):
        await client.send(Call("POST", "/x", json={}))
    assert len(behaviour.seen) == 4
    behaviour.statuses = [503]
    assert (await client.send(Call("POST", "/x", json={}, repeatable=True))).status == 200


async def test_it_tells_a_refusal_from_a_failure(flaky: Any) -> None:
    behaviour, client = flaky
    behaviour.statuses = [409]
    with pytest.raises(ServiceProblem) as raised:
        await client.send(Call("GET", "/x"))
    assert (raised.value.status, raised.value.code) == (409, "c-409")
    assert client.breaker.state == "closed"


@pytest.mark.promise("PAY-06")
async def test_it_leaves_a_failing_service_alone(flaky: Any) -> None:
    behaviour, client = flaky
    behaviour.statuses = [503] * 5
    for _ in range(5):
        with pytest.raises(ServiceUnavailable):
            await client.send(Call("POST", "/x"))
    with pytest.raises(ServiceUnavailable):
        await client.send(Call("POST", "/x"))
    assert len(behaviour.seen) == 5, "the sixth call was not made"
    assert await client.check() == {"circuit": "closed"}, "its health asked, and closed the circuit"
    assert (await client.send(Call("POST", "/x"))).status == 200


async def test_a_call_that_breaks_a_service_does_not_close_it_to_everybody(flaky: Any) -> None:
    behaviour, client = flaky
    behaviour.statuses = [500] * 20
    for _ in range(20):
        with pytest.raises(ServiceUnavailable):
            await client.send(Call("POST", "/x"))
    assert client.breaker.state == "closed"


@pytest.mark.promise("AVA-01")
async def test_it_repeats_any_call_that_never_reached_the_service() -> None:
    port, behaviour, clock = free_port(), Flaky(), Clock()
    application = web.Application()
    application.router.add_post("/x", behaviour.answer)
    server = TestServer(application, port=port, host="127.0.0.1")
    async with open_session() as session:
        signer = CallerSigner("gateway", KEY, clock)
        url = f"http://127.0.0.1:{port}"
        client = ServiceClient(session, "legal", url, signer, CircuitBreaker(clock))
        calling = asyncio.ensure_future(client.send(Call("POST", "/x", json={})))
        # until the first attempt has found the port closed
        while client.breaker._count == 0:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
        await server.start_server()
        assert (await calling).status == 200
        assert len(behaviour.seen) == 1
    await server.close()


async def test_a_long_answer_comes_piece_by_piece_and_says_when_it_breaks_off() -> None:
    gone = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/refused":
            return web.json_response({"code": "no"}, status=403)
        response = web.StreamResponse(headers={"X-Kind": "long"})
        await response.prepare(request)
        for _ in range(40):
            await response.write(b"x" * 100_000)
        if request.path == "/broken":
            assert request.transport is not None
            request.transport.close()
        gone.set()
        return response

    application = web.Application()
    application.router.add_get("/{tail:.*}", answer)
    clock = Clock()
    async with TestServer(application) as server, open_session() as session:
        breaker = CircuitBreaker(clock)
        url = str(server.make_url("/"))
        signer = CallerSigner("gateway", KEY, clock)
        client = ServiceClient(session, "legal", url, signer, breaker)
        async with client.stream(Call("GET", "/whole"), silence=5) as found:
            sizes = [len(piece) async for piece in found.chunks]
        assert (found.status, found.headers["X-Kind"], sum(sizes)) == (200, "long", 4_000_000)
        assert max(sizes) <= 64 * 1024
        with pytest.raises(ServiceProblem, match="403 no"):
            async with client.stream(Call("GET", "/refused"), silence=5):
                pass
        gone.clear()
        with pytest.raises(ServiceUnavailable):
            async with client.stream(Call("GET", "/broken"), silence=5) as found:
                assert [piece async for piece in found.chunks]
        # whoever reads may leave: the service did nothing wrong
        for _ in range(10):
            with pytest.raises(ConnectionResetError):
                async with client.stream(Call("GET", "/whole"), silence=5) as found:
                    raise ConnectionResetError
        assert breaker.state == "closed"
        await server.close()
        with pytest.raises(ServiceUnavailable):
            async with client.stream(Call("GET", "/whole"), silence=5):
                pass
