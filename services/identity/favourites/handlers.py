"""HTTP addresses of pinned procedures."""

from collections.abc import Sequence

from aiohttp import web

from services.identity.access import NO_STORE, owner_of
from services.identity.parts import FAVOURITES


async def list_favourites(request: web.Request) -> web.Response:
    """GET /accounts/{id}/favourites."""
    return _response(await request.app[FAVOURITES].list_favourites(owner_of(request)))


async def pin_procedure(request: web.Request) -> web.Response:
    """PUT /accounts/{id}/favourites/{procedure}."""
    procedure = request.match_info["procedure"]
    return _response(await request.app[FAVOURITES].pin_procedure(owner_of(request), procedure))


async def unpin_procedure(request: web.Request) -> web.Response:
    """DELETE /accounts/{id}/favourites/{procedure}."""
    procedure = request.match_info["procedure"]
    return _response(await request.app[FAVOURITES].unpin_procedure(owner_of(request), procedure))


def _response(pinned: Sequence[str]) -> web.Response:
    return web.json_response({"procedures": list(pinned)}, headers=NO_STORE)
