"""What the gateway knows of the request under way: language, session, client address."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler
from redis.exceptions import RedisError

from chassis.caller import Person
from gateway.client_address import client_address
from gateway.i18n import choose_language, translations
from gateway.parts import SESSIONS, SETTINGS
from gateway.sessions import Session

LANGUAGE_COOKIE = "langue"


class SessionsUnavailable(Exception):
    """Redis does not answer: pages that need a session cannot be shown now."""


@dataclass
class Visit:
    """One request of a browser. `session` is None until something needs one."""

    language: str
    address: str
    cookie: str = field(repr=False)
    session: Session | None = None
    ended: bool = False
    choice_made: bool = False

    @property
    def gettext(self) -> Callable[[str], str]:
        """Return the translator of messages (French in, the visit's language out)."""
        return translations(self.language).gettext

    @property
    def account(self) -> Any:
        """Return who is signed in, or None."""
        return self.session.account if self.session is not None else None

    @property
    def person(self) -> Person | None:
        """Return the signed-in person as services are told of it."""
        if self.account is None:
            return None
        return Person(self.account["account_id"], tuple(self.account.get("roles", ())))


VISIT = web.RequestKey("visit", Visit)


def visit_of(request: web.Request) -> Visit:
    """Return the visit of a request."""
    return request[VISIT]


async def session_of(request: web.Request) -> Session:
    """Return the visit's session, begun now if there was none."""
    visit = request[VISIT]
    if visit.session is None:
        visit.session = request.app[SESSIONS].new_session()
    return visit.session


def sign_in(request: web.Request, session: Session, account: dict[str, Any]) -> None:
    """Put the account in a rotated session: the token from before the sign-in opens nothing."""
    request.app[SESSIONS].rotate(session)
    session.put("account", account)


async def sign_out(request: web.Request) -> None:
    """End the session on the server and forget its cookie."""
    visit = request[VISIT]
    if visit.session is not None:
        await request.app[SESSIONS].end_session(visit.session)
    visit.session, visit.ended = None, True


@web.middleware
async def open_visit(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Find language and session before the page, save the session and its cookie after it."""
    visit = await _begin(request)
    request[VISIT] = visit
    response = await handler(request)
    if not response.prepared:
        await _finish(request, visit, response)
    return response


async def _begin(request: web.Request) -> Visit:
    settings = request.app[SETTINGS]
    language, choice_made = choose_language(
        request.query.get("lang", ""),
        request.cookies.get(LANGUAGE_COOKIE, ""),
        request.headers.get("Accept-Language", ""),
    )
    cookie = request.cookies.get(session_cookie(secure=settings.secure), "")
    address = client_address(request, settings.trusted_proxies)
    visit = Visit(language, address, cookie, choice_made=choice_made)
    if cookie:
        try:
            visit.session = await request.app[SESSIONS].find_session(cookie)
        except (RedisError, OSError):
            if request.method != "GET":
                raise SessionsUnavailable from None
    return visit


async def _finish(request: web.Request, visit: Visit, response: web.StreamResponse) -> None:
    settings = request.app[SETTINGS]
    name = session_cookie(secure=settings.secure)
    if visit.choice_made:
        response.set_cookie(
            LANGUAGE_COOKIE, visit.language, secure=settings.secure, httponly=True, samesite="Lax"
        )
    session = visit.session
    if visit.ended and session is None:
        response.del_cookie(name, secure=settings.secure, httponly=True, samesite="Lax")
    if session is None or not session.changed:
        return
    began = session.fresh
    try:
        await request.app[SESSIONS].save_session(session)
    except (RedisError, OSError):
        raise SessionsUnavailable from None
    if began:
        response.set_cookie(
            name, session.token, secure=settings.secure, httponly=True, samesite="Lax", path="/"
        )


def session_cookie(*, secure: bool) -> str:
    """Return the cookie's name: `__Host-` needs TLS, which only a developer's machine lacks."""
    return "__Host-parvis" if secure else "parvis"
