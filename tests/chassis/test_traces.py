"""chassis.traces with an exporter in memory: one trace goes through two services"""

from collections.abc import Iterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from joserfc.jwk import OKPKey
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from chassis.caller import CallerSigner
from chassis.circuit_breaker import CircuitBreaker
from chassis.clock import Clock
from chassis.http_client import Call, ServiceClient, open_session
from chassis.logs import request_id_middleware
from chassis.traces import configure_traces, forget_traces, trace_headers, trace_middleware


@pytest.fixture
def exporter() -> Iterator[tuple[Any, InMemorySpanExporter]]:
    memory = InMemorySpanExporter()
    provider = configure_traces("sample", memory)
    yield provider, memory
    forget_traces()
    provider.shutdown()


@pytest.mark.promise("AVA-04")
async def test_a_call_continues_the_trace_of_the_request_that_made_it(exporter: Any) -> None:
    provider, memory = exporter
    clock = Clock()

    async def show(request: web.Request) -> web.Response:
        return web.json_response({"traced": "traceparent" in request.headers})

    application = web.Application(
        middlewares=[request_id_middleware(trust_inbound=True), trace_middleware]
    )
    application.router.add_get("/people/{name}", show)
    async with TestServer(application) as server, open_session() as session:
        signer = CallerSigner("gateway", OKPKey.generate_key("Ed25519"), clock)
        url = str(server.make_url("/"))
        client = ServiceClient(session, "legal", url, signer, CircuitBreaker(clock))
        assert (await client.send(Call("GET", "/people/camille"))).json() == {"traced": True}
    provider.force_flush()
    served, called = memory.get_finished_spans()
    assert (served.name, called.name) == ("GET /people/{name}", "GET legal")
    assert served.context.trace_id == called.context.trace_id
    assert served.parent.span_id == called.context.span_id
    assert served.attributes["http.response.status_code"] == 200
    assert served.attributes["parvis.request_id"]
    assert "camille" not in f"{served.to_json()}{called.to_json()}"


def test_nothing_is_traced_unless_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARVIS_OTLP_ENDPOINT", raising=False)
    assert configure_traces("sample") is None
    assert trace_headers() == {}
