"""HTTP address of acceptances."""

from aiohttp import web

from chassis.caller import CALLER
from chassis.errors import NotAllowed
from chassis.routing import BODY
from services.legal.acceptances.model import Consent
from services.legal.parts import ACCEPTANCES

COLLECTOR = "gateway"


async def accept_document(request: web.Request) -> web.Response:
    """POST /acceptances: 201 with the receipt, whether it was just recorded or already was."""
    caller = request[CALLER]
    if caller.service != COLLECTOR:
        raise NotAllowed("Only the gateway collects acceptances.")
    acceptances = request.app[ACCEPTANCES]
    found = await acceptances.accept_document(Consent(**request[BODY]), caller.service)
    return web.json_response(
        {
            "acceptance_id": str(found.id),
            "accepted_at": found.accepted_at.isoformat(),
            "receipt": acceptances.receipt(found),
        },
        status=201,
    )
