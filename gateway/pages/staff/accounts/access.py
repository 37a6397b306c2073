"""Which members of staff see these pages; the identity service decides again, for it alone does."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from aiohttp import web

from chassis.http_client import Call, ServiceAnswer, ServiceProblem
from gateway.errors import show_error
from gateway.parts import SERVICES
from gateway.responses import redirect
from gateway.visits import visit_of

Page = Callable[[web.Request], Awaitable[web.StreamResponse]]
READERS = frozenset({"supervisor", "dpo", "administrator"})
RESETTERS = frozenset({"supervisor", "administrator"})
KEEPERS = frozenset({"dpo", "administrator"})


def for_staff(roles: frozenset[str]) -> Callable[[Page], Page]:
    """Let in who has one of these roles; a visitor signs in first, anybody else is told no."""

    def guard(page: Page) -> Page:
        @wraps(page)
        async def handle(request: web.Request) -> web.StreamResponse:
            account = visit_of(request).account
            if account is None:
                return redirect(f"/connexion?return_to={quote(request.path)}")
            if not roles.intersection(account["roles"]):
                return await show_error(request, 403)
            try:
                return await page(request)
            except ServiceProblem as problem:
                if problem.status in (403, 404):
                    return await show_error(request, problem.status)
                raise

        return handle

    return guard


async def call_staff(
    request: web.Request, method: str, path: str, json: Any = None
) -> ServiceAnswer:
    """Call a staff address of the identity service for the member of staff who is signed in."""
    call = Call(method, f"/staff{path}", person=visit_of(request).person, json=json)
    return await request.app[SERVICES].identity.send(call)
