"""HTTP addresses of the links that bring back to a draft."""

from aiohttp import web

from chassis.routing import BODY
from services.procedures.parts import RESUMPTIONS
from services.procedures.requests.edge import (
    REQUEST_KEY,
    access_of,
    request_id_of,
    require_gateway,
)
from services.procedures.resumptions.model import ResumeLink


async def show_link(request: web.Request) -> web.Response:
    """GET /requests/{id}/resume-link."""
    link = await request.app[RESUMPTIONS].find_link(request_id_of(request), access_of(request))
    return web.json_response(_view(link))


async def send_link(request: web.Request) -> web.Response:
    """POST /requests/{id}/resume-link: 201; the link sent before ends."""
    body, key = request[BODY], request.headers.get(REQUEST_KEY, "")
    link = await request.app[RESUMPTIONS].send_link(
        request_id_of(request), access_of(request), key, body["email"], body["language"]
    )
    return web.json_response(_view(link), status=201)


async def cancel_link(request: web.Request) -> web.Response:
    """DELETE /requests/{id}/resume-link."""
    await request.app[RESUMPTIONS].cancel_link(request_id_of(request), access_of(request))
    return web.Response(status=204)


async def open_link(request: web.Request) -> web.Response:
    """POST /resumptions: the draft of a link; an unknown and an ended one are the same 404."""
    require_gateway(request)
    link = await request.app[RESUMPTIONS].open_link(request[BODY]["secret"])
    return web.json_response({"id": str(link.request_id), "access_key": link.access_key})


def _view(link: ResumeLink | None) -> dict[str, str | None]:
    return {
        "sent_at": link.created_at.isoformat() if link else None,
        "expires_at": link.expires_at.isoformat() if link else None,
    }
