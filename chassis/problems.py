"""The one middleware that makes domain errors application/problem+json (RFC 9457)."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import asyncpg
import redis.exceptions
import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from chassis.errors import DomainError as DomainError
from chassis.errors import InvalidInput as InvalidInput
from chassis.errors import NotAllowed as NotAllowed
from chassis.errors import NotAuthenticated as NotAuthenticated
from chassis.errors import PartnerAway

log = structlog.get_logger()


@dataclass(frozen=True)
class Problem:
    """How a domain error is told over HTTP."""

    status: int
    title: str
    headers: Mapping[str, str] | None = None


ProblemTable = Mapping[type[DomainError], Problem]

CHASSIS_PROBLEMS: ProblemTable = {
    InvalidInput: Problem(422, "The input is not valid"),
    NotAuthenticated: Problem(
        401, "A valid caller token is needed", {"WWW-Authenticate": "Bearer"}
    ),
    NotAllowed: Problem(403, "Not allowed"),
}

# what drivers and sockets say when a server is away, not when what we asked of it is wrong
AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InterfaceError,
    # a connection that was ended between its lending and its first statement
    asyncpg.InternalClientError,
    redis.exceptions.ConnectionError,
    redis.exceptions.TimeoutError,
    PartnerAway,
    ConnectionError,
    socket.gaierror,
    TimeoutError,
)


def problem_response(
    status: int,
    code: str,
    title: str,
    detail: str = "",
    headers: Mapping[str, str] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> web.Response:
    """Build one problem document."""
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    document = {"type": f"/problems/{code}", "title": title, "status": status, "code": code}
    if detail:
        document["detail"] = detail
    if request_id:
        document["instance"] = f"/requests/{request_id}"
    return web.json_response(
        {**document, **(extra or {})},
        status=status,
        headers=headers,
        content_type="application/problem+json",
    )


def problem_middleware(table: ProblemTable) -> Any:
    """Turn every failure of a handler into a problem document that leaks nothing."""
    problems = {**CHASSIS_PROBLEMS, **table}

    @web.middleware
    async def respond_with_problem(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except DomainError as error:
            problem = _find(problems, type(error))
            return problem_response(
                problem.status,
                error.code,
                problem.title,
                error.detail,
                problem.headers,
                error.extra,
            )
        except web.HTTPException as error:
            if error.status < 400:
                raise
            return _of_http(error)
        except Exception as error:
            return _of_failure(error)

    return respond_with_problem


def _find(problems: ProblemTable, kind: type[DomainError]) -> Problem:
    for ancestor in kind.__mro__:
        if ancestor in problems:
            return problems[ancestor]
    raise LookupError(f"{kind.__name__} is missing from problems.py")


def _of_failure(error: Exception) -> web.Response:
    # asyncpg calls a value that fits no column an InterfaceError too: that one is our mistake
    if isinstance(error, AWAY) and not isinstance(error, ValueError):
        log.error("a server that this one needs is away", exc_info=error)
        return problem_response(
            503,
            "temporarily-unavailable",
            "Something that this service needs does not answer",
            headers={"Retry-After": "2"},
        )
    log.error("unexpected failure", exc_info=error)
    return problem_response(500, "internal-error", "Unexpected failure")


def _of_http(error: web.HTTPException) -> web.Response:
    headers = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else None
    code = error.reason.lower().replace(" ", "-")
    return problem_response(error.status, code, error.reason, headers=headers)
