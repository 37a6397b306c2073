"""The published heads of the legal service's audit trail: anybody may keep a copy (LEG-04)."""

from aiohttp import web

from gateway.parts import LAST_KNOWN, SERVICES
from gateway.responses import show_public_page


async def show_heads(request: web.Request) -> web.Response:
    """GET /preuves, or /preuves?format=json for the copy that `verify-audit` compares with."""
    known = await request.app[LAST_KNOWN].read(request.app[SERVICES].legal, "/evidence/heads")
    if request.query.get("format") == "json":
        return web.json_response(known.content, headers={"Cache-Control": "no-cache"})
    return show_public_page(
        request,
        "legal/heads.html",
        [known.etag or str(known.content["heads"][:1])],
        heads=known.content["heads"],
    )
