"""What an application is answered when something fails: problem documents (RFC 9457)."""

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Any

import structlog
from aiohttp import web

from chassis.http_client import ServiceProblem, ServiceUnavailable
from gateway.rate_limits import TooManyRequests

PROBLEM = "application/problem+json"
AWAY_SECONDS = "10"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
log = structlog.get_logger()


class Refused(Exception):
    """The call is not one that is passed on; `code` is stable, `title` a sentence."""

    def __init__(self, status: int, code: str, title: str, **headers: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.title = title
        self.headers = headers


def for_applications(handler: Handler) -> Handler:
    """Answer problem documents whatever happens; no form is expected, no cookie is read."""

    @wraps(handler)
    async def guarded(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except Refused as error:
            return problem(error.status, error.code, error.title, headers=error.headers)
        except ServiceProblem as error:
            return _relayed(error)
        except TooManyRequests as error:
            headers = {"Retry-After": str(error.retry_after)}
            return problem(429, "too-many-requests", "Too many calls", headers=headers)
        except ServiceUnavailable as error:
            log.warning("application without its service", service=error.service)
            headers = {"Retry-After": AWAY_SECONDS}
            return problem(503, "unavailable", "Not available now: try again", headers=headers)

    guarded.called_by_partners = True  # type: ignore[attr-defined]  # no session, no form token
    return guarded


def problem(
    status: int, code: str, title: str, *, headers: Mapping[str, str] | None = None, **more: Any
) -> web.Response:
    """Return a problem document."""
    body = {"type": "about:blank", "status": status, "title": title, "code": code, **more}
    challenge = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return web.json_response(
        body, status=status, content_type=PROBLEM, headers={**challenge, **(headers or {})}
    )


def _relayed(error: ServiceProblem) -> web.Response:
    known = {name: error.problem[name] for name in error.problem if name != "status"}
    title = str(known.pop("title", "Refused"))
    known.pop("type", None)
    return problem(error.status, str(known.pop("code", "refused")), title, **known)
