"""Home, list, one procedure, and the page before a partner's site."""

from typing import Any
from urllib.parse import quote

from aiohttp import web

from chassis.http_client import Call, ServiceProblem, ServiceUnavailable
from gateway.pages.account.favourites import pinned_state
from gateway.pages.catalogue.reading import read_catalogue, read_procedure
from gateway.parts import LAST_KNOWN, LIMITS, SERVICES
from gateway.responses import redirect, show_public_page
from gateway.visits import visit_of

HIGHLIGHTS = 6
MAX_QUERY = 200


async def show_home(request: web.Request) -> web.Response:
    """GET /."""
    catalogue = await read_catalogue(request)
    return show_public_page(
        request,
        "catalogue/home.html",
        [catalogue.etag],
        themes=catalogue.content["themes"],
        audiences=catalogue.content["audiences"],
        highlights=_highlights(catalogue.content["procedures"]),
    )


def _highlights(procedures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return some that are open today, of as many themes as possible."""
    opened = [found for found in procedures if found["availability"]["state"] == "open"]
    by_theme: dict[str, dict[str, Any]] = {}
    for found in opened:
        by_theme.setdefault((found["theme"] or {}).get("id", ""), found)
    first = list(by_theme.values())
    return [*first, *(found for found in opened if found not in first)][:HIGHLIGHTS]


async def list_procedures(request: web.Request) -> web.Response:
    """GET /demarches?q=&theme=&public=."""
    query = " ".join(request.query.get("q", "").replace("\x00", " ").split())[:MAX_QUERY]
    theme, audience = request.query.get("theme", "")[:100], request.query.get("public", "")[:100]
    if query:
        await request.app[LIMITS].spend("search", visit_of(request).address)
    found = await read_catalogue(request, query, theme, audience)
    return show_public_page(
        request,
        "catalogue/list.html",
        [found.etag],
        **found.content,
        query=query,
        selected_theme=theme,
        selected_audience=audience,
    )


async def show_procedure(request: web.Request) -> web.Response:
    """GET /demarches/{slug}."""
    found = await read_procedure(request, request.match_info["slug"])
    state = await _partner_state(request, found.content)
    return show_public_page(
        request,
        "catalogue/procedure.html",
        [found.etag, f"partner={state}"],
        procedure=found.content,
        partner_state=state,
        pinned=await pinned_state(request, found.content["id"]),
    )


async def _partner_state(request: web.Request, procedure: dict[str, Any]) -> str:
    """Return up, disturbed or down: what is known of the partner's site (PAY-06)."""
    if procedure["partner"] is None and procedure["payment"] is None:
        return "up"
    path = f"/procedures/{procedure['id']}/partner"
    query = {"language": visit_of(request).language}
    try:
        known = await request.app[LAST_KNOWN].read(request.app[SERVICES].procedures, path, query)
    except (ServiceUnavailable, ServiceProblem):
        return "up"
    return str(known.content["state"])


async def show_handoff(request: web.Request) -> web.Response:
    """GET /partenaires/{slug}: who takes over and what travels, before the link out (PAY-05)."""
    found = await read_procedure(request, request.match_info["slug"])
    if found.content["payment"] is not None:
        return redirect(f"/paiements/factures/{found.content['id']}")
    handoff = found.content["partner"]
    if handoff is None:
        raise web.HTTPNotFound
    return show_public_page(
        request,
        "catalogue/partner_handoff.html",
        [found.etag],
        procedure=found.content,
        handoff=handoff,
    )


async def leave(request: web.Request) -> web.Response:
    """GET /partenaires/{slug}/aller: counted without a name, then the configured address alone."""
    slug = quote(request.match_info["slug"], safe="")
    query = {"language": visit_of(request).language}
    call = Call("POST", f"/procedures/{slug}/departures", query=query)
    target = (await request.app[SERVICES].procedures.send(call)).json()
    return web.Response(status=303, headers={"Location": target["url"]})
