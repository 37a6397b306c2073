"""The queue of a service: filtered, paged, searched."""

from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from gateway.forms import FORM, text_of
from gateway.pages.staff.desk.access import ask, for_agents, services_of, supervises
from gateway.pages.staff.desk.colleagues import colleagues_of
from gateway.pages.staff.desk.dossier import IDS
from gateway.responses import show_page
from gateway.visits import visit_of

TEMPLATE = "staff/desk/queue.html"
ADDRESS = "/agents/dossiers"
STATES = (
    "filed",
    "taken_in_hand",
    "awaiting_person",
    "escalated",
    "suspended",
    "accepted",
    "refused",
    "closed",
    "withdrawn",
)
# name in the address -> name of the service's filter
FILTERS = {"etat": "state", "affectation": "assigned", "retard": "late", "ordre": "order"}
LONGEST = 200


@for_agents
async def show_queue(request: web.Request) -> web.Response:
    """GET /agents/dossiers?service=&etat=&affectation=&retard=&ordre=&apres=."""
    services, query = services_of(request), request.query
    service = query.get("service", services[0]["id"])
    if service not in {one["id"] for one in services}:
        raise web.HTTPNotFound
    wanted = {"service": service, "language": visit_of(request).language}
    wanted |= {theirs: query[ours][:LONGEST] for ours, theirs in FILTERS.items() if query.get(ours)}
    if query.get("apres"):
        wanted["after"] = query["apres"][:LONGEST]
    page = (await ask(request, "GET", "/requests", query=wanted)).json()
    kept = {name: query[name] for name in ("service", *FILTERS) if query.get(name)}
    following = urlencode({**kept, "apres": page["next"]}) if page["next"] else ""
    return await _show(
        request, services, page["requests"], service, next_url=following, chosen=kept
    )


@for_agents
async def search(request: web.Request) -> web.Response:
    """POST /agents/dossiers/recherche: a name has no place in an address."""
    services, text = services_of(request), text_of(request[FORM], "text").strip()[:LONGEST]
    _ = visit_of(request).gettext
    if len(text) < 2:
        error = {"field": "text", "message": _("Écrivez un numéro de dossier ou un nom.")}
        return await _show(request, services, [], services[0]["id"], errors=[error])
    body = {"text": text, "language": visit_of(request).language}
    found = (await ask(request, "POST", "/search", json=body, repeatable=True)).json()
    return await _show(request, services, found["requests"], services[0]["id"], text=text)


async def _show(
    request: web.Request,
    services: list[dict[str, str]],
    rows: list[dict[str, Any]],
    service: str,
    *,
    errors: list[dict[str, str]] | None = None,
    text: str = "",
    next_url: str = "",
    chosen: dict[str, str] | None = None,
) -> web.Response:
    sizes = (await ask(request, "GET", "/queues")).json()["queues"]
    return await show_page(
        request,
        TEMPLATE,
        status=422 if errors else 200,
        form=True,
        services=services,
        sizes={one["service_id"]: one for one in sizes},
        service=service,
        rows=rows,
        states=STATES,
        chosen=chosen or {},
        searched=text,
        next_url=f"{ADDRESS}?{next_url}" if next_url else None,
        colleagues=await colleagues_of(request, service),
        supervises=supervises(request, service),
        form_token=str(IDS.new_id()),
        me=(visit_of(request).account or {}).get("account_id"),
        errors=errors or [],
    )
