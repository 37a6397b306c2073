"""Prometheus metrics of every process: requests by route, status and duration."""

from time import perf_counter

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client import Counter, Histogram, generate_latest

REQUESTS = Counter("parvis_http_requests_total", "Requests answered", ["method", "route", "status"])
DURATION = Histogram(
    "parvis_http_request_seconds",
    "Seconds taken to answer",
    ["route"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

JOBS = Counter("parvis_jobs_total", "Durable jobs run", ["job", "outcome"])
# a stranger may send any word as a method: each would make a series of its own
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
READING = frozenset({"GET", "HEAD", "OPTIONS"})
SLOW_SECONDS = 1.0

log = structlog.get_logger()


def route_template(request: web.Request) -> str:
    """Return the route's pattern, never the address itself: it may hold an identifier."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "unknown"


@web.middleware
async def measure(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Count and time each request by its route's pattern, and log one line for it.

    Failures and slow answers are warnings, changes are told, reads only at the level `debug`.
    """
    started = perf_counter()
    status = 500
    try:
        response = await handler(request)
        status = response.status
        return response
    except web.HTTPException as error:
        status = error.status
        raise
    finally:
        seconds = perf_counter() - started
        route = route_template(request)
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(method, route, status).inc()
        DURATION.labels(route).observe(seconds)
        tell = log.debug if method in READING else log.info
        if status >= 500 or seconds > SLOW_SECONDS:
            tell = log.warning
        tell("answered", method=method, route=route, status=status, seconds=round(seconds, 4))


async def show_metrics(_request: web.Request) -> web.Response:
    """GET /metrics, on the operations port only."""
    return web.Response(
        body=generate_latest(), headers={"Content-Type": "text/plain; version=0.0.4"}
    )
