"""HTTP addresses of registrations."""

from aiohttp import web

from chassis.routing import BODY
from services.identity.access import NO_STORE, need_gateway
from services.identity.credentials.delays import telling_delays
from services.identity.parts import REGISTRATIONS
from services.identity.registrations.model import Registration


@telling_delays
async def register(request: web.Request) -> web.Response:
    """POST /registrations: a pending account; repeated with its key, the same answer."""
    need_gateway(request)
    registered = await request.app[REGISTRATIONS].register(Registration(**request[BODY]))
    view = {"account_id": str(registered.account_id), "identifier": registered.identifier}
    return web.json_response(view, status=201, headers=NO_STORE)


async def confirm(request: web.Request) -> web.Response:
    """POST /registrations/confirmations: the account is open."""
    need_gateway(request)
    account = await request.app[REGISTRATIONS].confirm(request[BODY]["secret"])
    return web.json_response({"identifier": account.profile.identifier}, headers=NO_STORE)
