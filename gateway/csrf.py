"""Forgery protection without JavaScript: a session-bound token in each form, and the origin.

Login and the forms before any session are protected too: showing a form begins a session.
"""

from urllib.parse import urlsplit

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from chassis.clock import same_secret
from gateway.forms import read_form, text_of
from gateway.parts import LIMITS, SETTINGS
from gateway.visits import visit_of

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# set as attribute of a handler that partners call: they have neither session nor token
EXEMPT = "called_by_partners"
LIMIT = "form_limit"

log = structlog.get_logger()


class ForeignOrigin(Exception):
    """The form was sent from another site."""


class FormExpired(Exception):
    """The form's token is not this session's: `reason` is "session" or "csrf"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@web.middleware
async def check_form(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let a form in only from our own pages, in the session that it was shown in."""
    if request.method not in UNSAFE or getattr(request.match_info.handler, EXEMPT, False):
        return await handler(request)
    _check_origin(request)
    visit = visit_of(request)
    limit = getattr(request.match_info.handler, LIMIT, "post")
    await request.app[LIMITS].spend(limit, visit.address)
    fields = await read_form(request)
    session = visit.session
    if session is None:
        raise FormExpired("session")
    sent = text_of(fields, "csrf_token")
    if not same_secret(sent.encode(), session.csrf_token.encode()):
        raise FormExpired("csrf")
    return await handler(request)


def _check_origin(request: web.Request) -> None:
    """Refuse what another site sent; old browsers that say nothing are judged by the token."""
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None and fetch_site not in ("same-origin", "none"):
        raise ForeignOrigin
    origin = request.headers.get("Origin") or _origin_of(request.headers.get("Referer", ""))
    if origin and origin != request.app[SETTINGS].origin:
        log.warning("form from another origin", route=request.match_info.route.name)
        raise ForeignOrigin


def _origin_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
