"""Builds and runs the applications of a process: the main one and the operators' one."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import structlog
from aiohttp import web

from chassis.caller import SignatureChecker, caller_middleware, load_public_keys
from chassis.clock import Clock
from chassis.health import Health
from chassis.logs import request_id_middleware
from chassis.metrics import measure, show_metrics
from chassis.problems import ProblemTable, problem_middleware
from chassis.routing import Route, describe_routes, register_routes
from chassis.settings import ProcessSettings
from chassis.traces import configure_traces, trace_middleware

Context = Callable[[web.Application], AsyncIterator[None]]

HEALTH = web.AppKey("health", Health)
CLOCK = web.AppKey("clock", Clock)

OPENAPI_PATH = "/openapi.json"
READY_PATH = "/health/ready"
GRACE_SECONDS = 10.0
MAX_JSON_BYTES = 1024 * 1024

log = structlog.get_logger()


def build_service(
    name: str,
    settings: ProcessSettings,
    routes: Sequence[Route],
    problems: ProblemTable,
    contexts: Sequence[Context],
    *,
    clock: Clock | None = None,
    max_bytes: int = MAX_JSON_BYTES,
) -> web.Application:
    """Build a service: signed callers only, problem documents, its own description.

    `contexts` open what the handlers need, in order, and close it in reverse.
    """
    clock = clock or Clock()
    checker = SignatureChecker(name, load_public_keys(settings.public_keys_folder), clock)
    middlewares = [
        request_id_middleware(trust_inbound=True),
        trace_middleware,
        measure,
        problem_middleware(problems),
        caller_middleware(checker, frozenset({OPENAPI_PATH, READY_PATH})),
    ]
    application = build_application(name, middlewares, contexts, clock=clock, max_bytes=max_bytes)
    document = json.dumps(describe_routes(f"Parvis {name}", routes))

    async def show_description(_request: web.Request) -> web.Response:
        return web.json_response(text=document)

    register_routes(application, routes)
    application.router.add_get(OPENAPI_PATH, show_description)
    # for the health of the services that call this one
    application.router.add_get(READY_PATH, application[HEALTH].show_ready)
    return application


def build_application(
    name: str,
    middlewares: Sequence[Any],
    contexts: Sequence[Context],
    *,
    clock: Clock,
    max_bytes: int = MAX_JSON_BYTES,
) -> web.Application:
    """Build an application with its health and clock; the gateway adds its own middlewares."""
    application = web.Application(middlewares=list(middlewares), client_max_size=max_bytes)
    application[CLOCK] = clock
    application[HEALTH] = Health(name, clock)
    application.cleanup_ctx.extend(contexts)
    return application


def build_operations(health: Health) -> web.Application:
    """Build the operators' application: health and metrics, on a port of its own."""
    operations = web.Application()
    operations.router.add_get("/health", health.show_detail)
    operations.router.add_get("/health/live", health.show_live)
    operations.router.add_get(READY_PATH, health.show_ready)
    operations.router.add_get("/metrics", show_metrics)
    return operations


async def serve(application: web.Application, settings: ProcessSettings) -> None:
    """Serve until SIGTERM or SIGINT, then finish the requests under way (10 s at most).

    Between the signal and the closing of the port, `drain_seconds` leave a load balancer the time
    to see that the process is no longer ready: nobody is sent to a closed port (AVA-01).
    """
    stopped = stop_event()
    health = application[HEALTH]
    health.starting = True
    runner = web.AppRunner(application, shutdown_timeout=GRACE_SECONDS, access_log=None)
    operations = await start_operations(health, settings)
    try:
        if await _opened(runner, stopped):
            await web.TCPSite(runner, settings.host, settings.port, backlog=1024).start()
            health.starting = False
            log.info("serving", port=settings.port, operations_port=settings.operations_port)
            await stopped.wait()
            health.draining = True
            await asyncio.sleep(settings.drain_seconds)
    finally:
        await runner.cleanup()
        await operations.cleanup()
        log.info("stopped")


async def _opened(runner: web.AppRunner, stopped: asyncio.Event) -> bool:
    """Open what the application needs; False when it was asked to stop before that was done."""
    opening = asyncio.ensure_future(runner.setup())
    waiting = asyncio.ensure_future(stopped.wait())
    await asyncio.wait({opening, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if opening.done():
        opening.result()
        return True
    opening.cancel()
    await asyncio.wait({opening})
    return False


async def start_operations(health: Health, settings: ProcessSettings) -> web.AppRunner:
    """Start the operators' site; it answers while the main one opens and closes."""
    operations = build_operations(health)
    if (traces := configure_traces(health.service)) is not None:

        async def send_last_traces(_operations: web.Application) -> None:
            await asyncio.to_thread(traces.shutdown)

        operations.on_cleanup.append(send_last_traces)
    runner = web.AppRunner(operations, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, settings.host, settings.operations_port).start()
    return runner


def stop_event() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    return stopped
