"""HTTP addresses of colleagues."""

from aiohttp import web

from chassis.caller import CALLER
from chassis.routing import QUERY
from services.identity.access import NO_STORE, claimed_roles, person_id, uuid_in
from services.identity.colleagues.service import need_caller, supervises
from services.identity.parts import COLLEAGUES

# it writes to staff what waits for them
WRITER = "procedures"


async def list_colleagues(request: web.Request) -> web.Response:
    """GET /staff/colleagues?service=: for those who work there."""
    staff, roles, service = person_id(request), claimed_roles(request), request[QUERY]["service"]
    found = await request.app[COLLEAGUES].list_colleagues(staff, roles, service)
    view = [
        {
            "account_id": str(account.id),
            "name": account.display_name,
            "supervisor": supervises(account, service),
        }
        for account in found
    ]
    return web.json_response({"colleagues": view}, headers=NO_STORE)


async def show_address(request: web.Request) -> web.Response:
    """GET /staff/{id}/address: for the service that sends digests; 404 for whoever left."""
    need_caller(request[CALLER].service, WRITER)
    account = await request.app[COLLEAGUES].find_address(uuid_in(request, "id"))
    view = {
        "email": account.profile.email,
        "language": account.language,
        "roles": list(account.roles),
    }
    return web.json_response(view, headers=NO_STORE)
