"""A crowd at the sign-in: few are served at a time, some wait, the others are told at once.

A sign-in costs a tenth of a second of processor and 64 MiB. Without this door two hundred of them
would all be read, checked and rendered at the same time, and every other page would wait for it.
Nobody's account is locked by it, and nothing else than the form of the sign-in goes through it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client import Counter

from gateway.i18n import choose_language, translations
from gateway.parts import RENDERER, SETTINGS
from gateway.responses import HTML, common_variables
from gateway.visits import LANGUAGE_COOKIE, VISIT, Visit

SIGN_IN = "/connexion"
RETRY_SECONDS = 5
TURNED_AWAY = Counter("parvis_sign_ins_turned_away_total", "Sign-ins told to come back later")


class DoorFull(Exception):
    """Too many wait already."""


class Door:
    """Lets `at_once` in at a time, in the order of their coming, and `waiting` wait."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._room = at_once + waiting
        self._present = 0

    @asynccontextmanager
    async def passage(self) -> AsyncIterator[None]:
        """Wait for a place and hold it, or raise `DoorFull` at once."""
        if self._present >= self._room:
            raise DoorFull
        self._present += 1
        try:
            async with self._places:
                yield
        finally:
            self._present -= 1


DOOR = web.AppKey("door", Door)


@web.middleware
async def keep_door(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let the sign-ins through the door; everything else passes beside it."""
    if request.method != "POST" or request.path != SIGN_IN:
        return await handler(request)
    try:
        async with request.app[DOOR].passage():
            return await handler(request)
    except DoorFull:
        TURNED_AWAY.inc()
        return _turn_away(request)


def open_door(application: web.Application) -> None:
    """Give the gateway its door, as wide as the settings say."""
    settings = application[SETTINGS]
    application[DOOR] = Door(settings.sign_ins_at_once, settings.sign_ins_waiting)


def _turn_away(request: web.Request) -> web.Response:
    """Answer with a page rendered once for everybody: it must cost next to nothing."""
    language, _chosen = choose_language(
        "", request.cookies.get(LANGUAGE_COOKIE, ""), request.headers.get("Accept-Language", "")
    )
    request[VISIT] = Visit(language, "", "")
    page = request.app[RENDERER].kept_page(("crowd", language), lambda: _render(request, language))
    return web.Response(
        body=page.body,
        status=503,
        content_type=HTML,
        charset="utf-8",
        headers={"Retry-After": str(RETRY_SECONDS)},
    )


def _render(request: web.Request, language: str) -> str:
    _ = translations(language).gettext
    own = {
        "status": 503,
        "heading": _("Beaucoup de personnes se connectent en ce moment"),
        "explanation": _(
            "Votre connexion n’a pas été essayée : elle ne compte pas comme un échec."
        ),
        "retry_after": RETRY_SECONDS,
        "actions": [
            {"label": _("Revenir à la connexion"), "url": SIGN_IN},
            {"label": _("Faire une démarche sans compte"), "url": "/demarches"},
        ],
    }
    variables = {**common_variables(request), **own, "outages": []}
    return request.app[RENDERER].render("errors/error.html", language, variables)
