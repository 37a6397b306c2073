"""Who sees the pages of definitions: the procedures service decides again for each call."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.http_client import Call, ServiceAnswer
from gateway.errors import show_error
from gateway.parts import SERVICES
from gateway.responses import redirect
from gateway.visits import visit_of

EDITOR, PUBLISHER, ADMINISTRATOR, SUPERVISOR = "editor", "publisher", "administrator", "supervisor:"
DRAFTS = "/staff/definition-drafts"
ROOM = "/agents/demarches"
Page = Callable[[web.Request], Awaitable[web.Response]]


def for_editors(page: Page) -> Page:
    """Send visitors to the sign-in, and whoever is neither editor nor publisher away."""
    return _guarded(page, may_read)


def for_stewards(page: Page) -> Page:
    """As `for_editors`, and let in whoever may suspend or withdraw a procedure."""
    return _guarded(page, lambda request: may_read(request) or may_steer(request))


def _guarded(page: Page, allowed: Callable[[web.Request], bool]) -> Page:
    @wraps(page)
    async def guarded(request: web.Request) -> web.Response:
        if visit_of(request).account is None:
            return redirect(f"/connexion?return_to={request.path}")
        if not allowed(request):
            return await show_error(request, 403)
        return await page(request)

    return guarded


def roles_of(request: web.Request) -> set[str]:
    """Return the roles of whoever is signed in."""
    account = visit_of(request).account
    return set(account.get("roles", ())) if account is not None else set()


def may_read(request: web.Request) -> bool:
    """Say whether drafts may be read."""
    return bool(roles_of(request) & {EDITOR, PUBLISHER})


def may_write(request: web.Request) -> bool:
    """Say whether drafts may be begun and changed."""
    return EDITOR in roles_of(request)


def may_steer(request: web.Request, service: str | None = None) -> bool:
    """Say whether a procedure (of that service) may be suspended or withdrawn."""
    roles = roles_of(request)
    if roles & {PUBLISHER, ADMINISTRATOR}:
        return True
    if service is None:
        return any(role.startswith(SUPERVISOR) for role in roles)
    return f"{SUPERVISOR}{service}" in roles


async def ask(
    request: web.Request, method: str, path: str, *, repeatable: bool = False, **more: Any
) -> ServiceAnswer:
    """Call the procedures service for the member of staff, in the language of the page."""
    query = {"language": visit_of(request).language, **more.pop("query", {})}
    person = visit_of(request).person
    call = Call(method, path, person=person, repeatable=repeatable, query=query, **more)
    return await request.app[SERVICES].procedures.send(call)


def draft_path(request: web.Request) -> str:
    """Return the service's address of the draft; what is no identifier is not found."""
    try:
        return f"{DRAFTS}/{UUID(request.match_info['id'])}"
    except ValueError:
        raise web.HTTPNotFound from None


def draft_page(request: web.Request) -> str:
    """Return the address of the draft's own page."""
    return f"/agents/modifications/{request.match_info['id']}"


async def read_draft(request: web.Request) -> dict[str, Any]:
    """Return the draft as the service tells it."""
    found: dict[str, Any] = (await ask(request, "GET", draft_path(request))).json()
    return found


async def read_choices(request: web.Request) -> dict[str, Any]:
    """Return what a definition may name."""
    found: dict[str, Any] = (await ask(request, "GET", "/staff/definition-choices")).json()
    return found
