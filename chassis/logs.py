"""Structured logs that carry the request id through every service and no personal data."""

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from typing import Any

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from chassis.clock import IdSource

REQUEST_ID = "X-Request-Id"
REQUEST_ID_PATTERN = re.compile(r"[A-Za-z0-9-]{8,64}")


def configure_logs(service: str, log_format: str, log_level: str = "info") -> None:
    """Send structlog and the standard library's logs to stderr in one format.

    A failure is told by its type and its place, never by its words (`traceback_without_words`).
    """
    level = logging.getLevelNamesMapping()[log_level.upper()]
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        lambda _logger, _method, event: {"service": service, **event},
        traceback_without_words,
    ]
    renderer: Any = structlog.processors.JSONRenderer()
    if log_format == "console":
        renderer = structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
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
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for noisy in ("aiohttp.access", "pgqueuer", "asyncio", "pogo_core"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def traceback_without_words(_logger: Any, _method: str, event: Any) -> Any:
    """Replace the exception by its traceback, without the messages: they may be personal (DAT-05).

    asyncpg quotes the row that broke a constraint, a mail server the address that it refused; what
    is said instead is the type, the names of a database error, and the lines of code.
    """
    found = event.pop("exc_info", None)
    error = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_tell(error))
    return event


def _tell(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _tell(cause)
        yield "then"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
    names = [getattr(error, name, None) for name in ("sqlstate", "constraint_name", "errno")]
    yield " ".join([type(error).__qualname__, *(str(name) for name in names if name)])


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
