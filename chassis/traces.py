"""Traces on demand: OpenTelemetry spans, sent over OTLP when PARVIS_OTLP_ENDPOINT is set.

Nothing of OpenTelemetry is imported otherwise: it is an optional extra (`parvis[traces]`).
A span holds the route's pattern, the status and the request id, never an address or a person.
"""

import os
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler
from multidict import MultiMapping

from chassis.logs import current_request_id
from chassis.metrics import route_template

ENDPOINT = "PARVIS_OTLP_ENDPOINT"

# the tracer of this process once `configure_traces` has made one
_tracer: Any = None


def configure_traces(service: str, exporter: Any = None) -> Any:
    """Begin to trace where the operator asked for it; return the provider, or None.

    `exporter` replaces the one that sends to the endpoint. Raises ImportError when the endpoint is
    set and the extra `traces` is not installed.
    """
    global _tracer
    endpoint = os.environ.get(ENDPOINT)
    if not endpoint and exporter is None:
        return None
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    if exporter is None:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        exporter = OTLPSpanExporter(endpoint=f"{str(endpoint).rstrip('/')}/v1/traces")
    provider = TracerProvider(resource=Resource({"service.name": service}))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    _tracer = provider.get_tracer("parvis")
    return provider


def forget_traces() -> None:
    """Trace no more."""
    global _tracer
    _tracer = None


@web.middleware
async def trace_middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Put each request in a span that continues the caller's."""
    if _tracer is None:
        return await handler(request)
    with _server_span(request) as span:
        response = await handler(request)
        span.set_attribute("http.response.status_code", response.status)
        return response


def _server_span(request: web.Request) -> AbstractContextManager[Any]:
    from opentelemetry.propagate import extract
    from opentelemetry.trace import SpanKind

    route = route_template(request)
    span: AbstractContextManager[Any] = _tracer.start_as_current_span(
        f"{request.method} {route}",
        context=extract(_first_values(request.headers)),
        kind=SpanKind.SERVER,
        record_exception=False,  # its words may be personal
        set_status_on_exception=False,
        attributes={"http.route": route, "parvis.request_id": current_request_id()},
    )
    return span


def client_span(service: str, method: str) -> AbstractContextManager[Any]:
    """Return a span around a call to `service`; one that does nothing when there are no traces."""
    if _tracer is None:
        return nullcontext()
    from opentelemetry.trace import SpanKind

    span: AbstractContextManager[Any] = _tracer.start_as_current_span(
        f"{method} {service}", kind=SpanKind.CLIENT, record_exception=False
    )
    return span


def trace_headers() -> dict[str, str]:
    """Return the headers that let the called service continue the present span."""
    headers: dict[str, str] = {}
    if _tracer is not None:
        from opentelemetry.propagate import inject

        inject(headers)
    return headers


def _first_values(headers: MultiMapping[str]) -> dict[str, str]:
    return {name.lower(): headers[name] for name in headers if name.lower().startswith("trace")}
