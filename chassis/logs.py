"""Structured logs that carry the request id through every service and no personal data."""

import logging
import re
import sys
from typing import Any

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from chassis.clock import IdSource

REQUEST_ID = "X-Request-Id"
REQUEST_ID_PATTERN = re.compile(r"[A-Za-z0-9-]{8,64}")


def configure_logs(service: str, log_format: str) -> None:
    """Send structlog and the standard library's logs to stderr in one format."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        lambda _logger, _method, event: {"service": service, **event},
    ]
    renderer: Any = structlog.processors.JSONRenderer()
    if log_format == "console":
        # never with locals: they hold personal data
        renderer = structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        )
    else:
        shared.append(structlog.processors.format_exc_info)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for noisy in ("aiohttp.access", "pgqueuer", "asyncio", "pogo_core"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def current_request_id() -> str:
    """Return the id of the request under way, or '' outside one."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def request_id_middleware(*, trust_inbound: bool) -> Any:
    """Bind a request id to everything logged; take the caller's where callers are our own."""
    ids = IdSource()

    @web.middleware
    async def bind_request_id(request: web.Request, handler: Handler) -> web.StreamResponse:
        inbound = request.headers.get(REQUEST_ID, "") if trust_inbound else ""
        valid = REQUEST_ID_PATTERN.fullmatch(inbound)
        request_id = inbound if valid else str(ids.new_id())
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = await handler(request)
        if not response.prepared:
            response.headers[REQUEST_ID] = request_id
        return response

    return bind_request_id
