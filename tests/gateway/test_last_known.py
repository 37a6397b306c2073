"""gateway.last_known, asking a service over HTTP that changes, fails and waits on demand."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from chassis.caller import CallerSigner, load_private_key
from chassis.circuit_breaker import CircuitBreaker
from chassis.http_client import ServiceClient, ServiceProblem, ServiceUnavailable, open_session
from gateway.last_known import FRESH_SECONDS, LastKnown
from tests.gateway.conftest import SetClock


@dataclass
class Source:
    """A service with one text; `asked` holds the If-None-Match of each question."""

    content: dict[str, str] = field(default_factory=lambda: {"text": "first"})
    status: int = 200
    asked: list[str] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    async def show(self, request: web.Request) -> web.Response:
        self.asked.append(request.headers.get("If-None-Match", ""))
        self.reached.set()
        await self.gate.wait()
        if self.status != 200:
            return web.json_response({"code": "not-found"}, status=self.status)
        etag = f'"{self.content["text"]}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        return web.json_response(self.content, headers={"ETag": etag})


@pytest.fixture
def source() -> Source:
    made = Source()
    made.gate.set()
    return made


@pytest.fixture
def known(clock: SetClock) -> LastKnown:
    return LastKnown(clock)


@pytest.fixture
async def client(
    source: Source, clock: SetClock, service_keys: Path
) -> AsyncIterator[ServiceClient]:
    app = web.Application()
    app.router.add_get("/text", source.show)
    signer = CallerSigner("gateway", load_private_key(service_keys / "gateway.pem"), clock)
    async with TestServer(app) as server, open_session() as session:
        url = str(server.make_url("/"))
        yield ServiceClient(session, "legal", url, signer, CircuitBreaker(clock))


async def test_an_answer_serves_for_two_seconds(
    known: LastKnown, client: ServiceClient, source: Source, clock: SetClock
) -> None:
    await known.read(client, "/text")
    source.content = {"text": "second"}
    clock.pass_by(FRESH_SECONDS - 0.1)
    assert (await known.read(client, "/text")).content == {"text": "first"}
    clock.pass_by(0.2)
    assert (await known.read(client, "/text")).content == {"text": "second"}
    assert source.asked == ["", '"first"']


async def test_an_unchanged_answer_is_not_sent_again(
    known: LastKnown, client: ServiceClient, source: Source, clock: SetClock
) -> None:
    first = await known.read(client, "/text")
    clock.pass_by(FRESH_SECONDS)
    again = await known.read(client, "/text")
    assert again.content is first.content
    assert (again.etag, again.stale) == ("first", False)


@pytest.mark.promise("AVA-03")
async def test_the_last_known_answer_serves_while_the_service_is_down(
    known: LastKnown, client: ServiceClient, source: Source, clock: SetClock
) -> None:
    await known.read(client, "/text")
    source.status = 503
    clock.pass_by(FRESH_SECONDS)
    stale = await known.read(client, "/text")
    assert (stale.content, stale.stale) == ({"text": "first"}, True)
    asked = len(source.asked)
    await known.read(client, "/text")
    assert len(source.asked) == asked, "each reader does not ask again"
    source.status = 200
    clock.pass_by(60)
    assert not (await known.read(client, "/text")).stale


async def test_what_was_never_known_is_unavailable(
    known: LastKnown, client: ServiceClient, source: Source
) -> None:
    source.status = 503
    with pytest.raises(ServiceUnavailable):
        await known.read(client, "/text")


async def test_what_is_not_there_is_said_so(
    known: LastKnown, client: ServiceClient, source: Source
) -> None:
    source.status = 404
    with pytest.raises(ServiceProblem) as problem:
        await known.read(client, "/text")
    assert problem.value.status == 404


async def test_many_readers_ask_once(
    known: LastKnown, client: ServiceClient, source: Source
) -> None:
    source.gate.clear()
    reading = [asyncio.create_task(known.read(client, "/text")) for _ in range(20)]
    await source.reached.wait()
    reading[0].cancel()  # its browser went away: the others are served all the same
    source.gate.set()
    answers = await asyncio.gather(*reading[1:])
    assert {answer.etag for answer in answers} == {"first"}
    assert len(source.asked) == 1


async def test_an_announced_change_ends_the_freshness_at_its_instant(
    known: LastKnown, client: ServiceClient, source: Source, clock: SetClock
) -> None:
    source.content = {"text": "first", "next_change_at": "2026-11-24T09:00:01+00:00"}
    await known.read(client, "/text")
    source.content = {"text": "second"}
    clock.pass_by(0.9)
    assert (await known.read(client, "/text")).etag == "first"
    clock.pass_by(0.1)
    assert (await known.read(client, "/text")).etag == "second"


async def test_a_service_that_published_is_asked_again_at_once(
    known: LastKnown, client: ServiceClient, source: Source
) -> None:
    await known.read(client, "/text")
    source.content = {"text": "second"}
    known.forget("procedures")
    assert (await known.read(client, "/text")).etag == "first"
    known.forget("legal")
    assert (await known.read(client, "/text")).etag == "second"
