"""One name for a portal on one's own machine: `localhost`, for passkeys take no numeric address.

Whoever opens 127.0.0.1 is led to the public address: cookies, links in mails and passkeys (whose
owner is a domain, WebAuthn 5.1.2) then belong to the same name. A public address elsewhere is left
alone: which names lead to it is for the reverse proxy to say.
"""

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from gateway.parts import SETTINGS

NUMERIC, NAMED = "127.0.0.1", "localhost"


@web.middleware
async def lead_to_name(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Redirect what is read at 127.0.0.1 when the public address is that port of `localhost`."""
    if request.method in ("GET", "HEAD") and request.host.startswith(NUMERIC):
        origin = request.app[SETTINGS].origin
        if urlsplit(origin).netloc == request.host.replace(NUMERIC, NAMED, 1):
            return web.Response(status=307, headers={"Location": f"{origin}{request.path_qs}"})
    return await handler(request)
