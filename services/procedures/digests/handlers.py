"""HTTP addresses of digests: each member of staff chooses for himself."""

from aiohttp import web
from marshmallow import Schema, fields

from chassis.errors import NotAllowed
from chassis.routing import BODY
from services.procedures.desk.edge import staff_of
from services.procedures.desk.model import Staff
from services.procedures.digests.model import Every
from services.procedures.office import OFFICE


class DigestChoice(Schema):
    """How often: never, daily or weekly."""

    every = fields.Enum(Every, by_value=True, required=True)


async def show_choice(request: web.Request) -> web.Response:
    """GET /desk/digest."""
    every = await request.app[OFFICE].digests.read_choice(_agent(request).id)
    return web.json_response({"every": str(every)})


async def choose(request: web.Request) -> web.Response:
    """PUT /desk/digest: 204."""
    await request.app[OFFICE].digests.choose(_agent(request).id, request[BODY]["every"])
    return web.Response(status=204)


def _agent(request: web.Request) -> Staff:
    staff = staff_of(request)
    if not staff.services:
        raise NotAllowed("Only the staff of a service may do this.")
    return staff
