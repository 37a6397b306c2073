"""HTTP addresses of e-mail changes."""

from aiohttp import web

from chassis.routing import BODY
from services.identity.access import NO_STORE, need_gateway, owner_of
from services.identity.parts import EMAIL_CHANGES


async def ask_change(request: web.Request) -> web.Response:
    """POST /accounts/{id}/email-changes: a link goes to each address."""
    body = request[BODY]
    await request.app[EMAIL_CHANGES].ask(owner_of(request), body["email"], body["step_up"])
    return web.Response(status=202, headers=NO_STORE)


async def confirm(request: web.Request) -> web.Response:
    """POST /email-confirmations: the agreement of one address."""
    need_gateway(request)
    done = await request.app[EMAIL_CHANGES].confirm(request[BODY]["secret"])
    return web.json_response({"done": done}, headers=NO_STORE)
