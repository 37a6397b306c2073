"""Who sees the desk: the procedures service decides again for each call."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.http_client import Call, ServiceAnswer
from gateway.errors import show_error
from gateway.parts import PROFILE, SERVICES
from gateway.responses import redirect
from gateway.visits import visit_of

AGENT, SUPERVISOR, ADMINISTRATOR = "agent:", "supervisor:", "administrator"
Page = Callable[[web.Request], Awaitable[web.StreamResponse]]


def for_agents(page: Page) -> Page:
    """Send visitors to the sign-in, and whoever works for no service away."""

    @wraps(page)
    async def guarded(request: web.Request) -> web.StreamResponse:
        if visit_of(request).account is None:
            return redirect(f"/connexion?return_to={request.path}")
        if not services_of(request):
            return await show_error(request, 403)
        return await page(request)

    return guarded


def for_supervisors(page: Page) -> Page:
    """Let only those in who head a service."""

    async def headed(request: web.Request) -> web.StreamResponse:
        return await page(request) if supervised_by(request) else await show_error(request, 403)

    return for_agents(wraps(page)(headed))


def for_administrators(page: Page) -> Page:
    """Send visitors to the sign-in, and whoever gives no rights to applications away."""

    @wraps(page)
    async def guarded(request: web.Request) -> web.StreamResponse:
        account = visit_of(request).account
        if account is None:
            return redirect(f"/connexion?return_to={request.path}")
        if ADMINISTRATOR not in account.get("roles", ()):
            return await show_error(request, 403)
        return await page(request)

    return guarded


def services_of(request: web.Request) -> list[dict[str, str]]:
    """Return the services whose requests this agent handles: `{id, name}`, by name."""
    account = visit_of(request).account or {}
    roles = account.get("roles", ())
    ids = {
        role.removeprefix(prefix)
        for role in roles
        for prefix in (AGENT, SUPERVISOR)
        if role.startswith(prefix)
    }
    known, language = request.app[PROFILE].services, visit_of(request).language
    found = [{"id": one, "name": known[one].name.in_language(language)} for one in ids & set(known)]
    return sorted(found, key=lambda one: one["name"])


def supervises(request: web.Request, service: str) -> bool:
    """Say whether this agent heads the service."""
    account = visit_of(request).account or {}
    return SUPERVISOR + service in account.get("roles", ())


def supervised_by(request: web.Request) -> list[dict[str, str]]:
    """Return those of the agent's services that he heads."""
    return [one for one in services_of(request) if supervises(request, one["id"])]


async def ask(
    request: web.Request, method: str, path: str, *, repeatable: bool = False, **more: Any
) -> ServiceAnswer:
    """Call an address of the desk for the agent."""
    call = Call(
        method, f"/desk{path}", person=visit_of(request).person, repeatable=repeatable, **more
    )
    return await request.app[SERVICES].procedures.send(call)


def dossier_id(request: web.Request) -> str:
    """Return the request's identifier in the address; what is none is not found."""
    try:
        return str(UUID(request.match_info["id"]))
    except ValueError:
        raise web.HTTPNotFound from None
