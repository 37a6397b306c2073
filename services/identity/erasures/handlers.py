"""HTTP addresses of erasure, for the owner."""

from aiohttp import web

from chassis.routing import BODY
from services.identity.access import NO_STORE, owner_of
from services.identity.parts import ERASURES


async def erase_account(request: web.Request) -> web.Response:
    """POST /accounts/{id}/erasure: at once or in 14 days."""
    account_id, body = owner_of(request), request[BODY]
    if body["when"] == "now":
        await request.app[ERASURES].erase_now(account_id, body["step_up"])
        return web.json_response({"erasure_due_at": None}, headers=NO_STORE)
    due = await request.app[ERASURES].plan(account_id, body["step_up"])
    return web.json_response({"erasure_due_at": due.isoformat()}, headers=NO_STORE)


async def keep_account(request: web.Request) -> web.Response:
    """DELETE /accounts/{id}/erasure: the owner changed their mind."""
    await request.app[ERASURES].keep(owner_of(request))
    return web.Response(status=204)
