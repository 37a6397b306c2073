"""HTTP address of a renewed acceptance."""

from aiohttp import web

from chassis.routing import BODY
from services.procedures.parts import RENEWALS
from services.procedures.requests.edge import access_of, request_id_of


async def renew_terms(request: web.Request) -> web.Response:
    """PUT /requests/{id}/terms: 204, whether it is the first time or a repetition."""
    receipt = request[BODY]["terms_receipt"]
    await request.app[RENEWALS].renew_terms(request_id_of(request), access_of(request), receipt)
    return web.Response(status=204)
