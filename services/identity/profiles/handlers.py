"""HTTP addresses of profiles."""

from aiohttp import web

from chassis.routing import BODY, QUERY
from services.identity.access import NO_STORE, owner_of
from services.identity.parts import PROFILES
from services.identity.profiles.model import FIELDS


async def show_profile(request: web.Request) -> web.Response:
    """GET /accounts/{id}/profile."""
    kept = await request.app[PROFILES].read_profile(owner_of(request))
    found = [
        {"name": one.name, "value": one.value, "updated_at": one.updated_at.isoformat()}
        for one in kept
    ]
    return web.json_response({"fields": found, "names": list(FIELDS)}, headers=NO_STORE)


async def update_profile(request: web.Request) -> web.Response:
    """PATCH /accounts/{id}/profile: all of it, or nothing."""
    await request.app[PROFILES].update_profile(owner_of(request), request[BODY]["fields"])
    return web.Response(status=204)


async def erase_field(request: web.Request) -> web.Response:
    """DELETE /accounts/{id}/profile/{name}: at once."""
    name = request.match_info["name"]
    await request.app[PROFILES].erase_field(owner_of(request), name)
    return web.Response(status=204)


async def prefill(request: web.Request) -> web.Response:
    """GET /accounts/{id}/prefill?names=family_name,phone: for a form of ours only (ACC-05)."""
    names = request[QUERY]["names"].split(",")
    values = await request.app[PROFILES].prefill(owner_of(request), names)
    return web.json_response({"values": dict(values)}, headers=NO_STORE)
