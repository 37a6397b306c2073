"""Who sees the pages of texts: the legal service decides again for each call."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from aiohttp import web

from chassis.http_client import Call, ServiceAnswer
from gateway.errors import show_error
from gateway.parts import SERVICES
from gateway.responses import redirect
from gateway.visits import visit_of

EDITOR, PUBLISHER = "editor", "publisher"
Page = Callable[[web.Request], Awaitable[web.Response]]


def for_staff(page: Page) -> Page:
    """Send visitors to the sign-in, and whoever has neither role away."""

    @wraps(page)
    async def guarded(request: web.Request) -> web.Response:
        visit = visit_of(request)
        if visit.account is None:
            return redirect(f"/connexion?return_to={request.path}")
        if not roles_of(request) & {EDITOR, PUBLISHER}:
            return await show_error(request, 403)
        return await page(request)

    return guarded


def roles_of(request: web.Request) -> set[str]:
    """Return the roles of whoever is signed in."""
    account = visit_of(request).account
    return set(account.get("roles", ())) if account is not None else set()


async def ask(
    request: web.Request, method: str, path: str, *, repeatable: bool = False, **more: Any
) -> ServiceAnswer:
    """Call the legal service for the member of staff."""
    call = Call(method, path, person=visit_of(request).person, repeatable=repeatable, **more)
    return await request.app[SERVICES].legal.send(call)
