"""HTTP addresses of a form amended mid-draft."""

from aiohttp import web

from chassis.routing import BODY, QUERY
from services.procedures.amendments.views import amendment_view
from services.procedures.parts import AMENDMENTS, DOSSIERS
from services.procedures.requests.edge import access_of, request_id_of


async def show_amendment(request: web.Request) -> web.Response:
    """GET /requests/{id}/amendment: field by field, what changed since the draft was begun."""
    found = await request.app[AMENDMENTS].find_amendment(request_id_of(request), access_of(request))
    return web.json_response(amendment_view(found, request[QUERY]["language"]))


async def accept_amendment(request: web.Request) -> web.Response:
    """POST /requests/{id}/amendment: the draft, following the version accepted."""
    body = request[BODY]
    amended = await request.app[AMENDMENTS].accept(
        request_id_of(request), access_of(request), body["version"], body["revision"]
    )
    return web.json_response(await request.app[DOSSIERS].view(amended, body["language"]))
