"""Security headers of every answer (MDN Observatory's A+ set, ASVS 3.4)."""

from aiohttp import web
from aiohttp.typedefs import Handler

from gateway.parts import SETTINGS

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # same-origin: with no-referrer browsers would send `Origin: null` with our own forms
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
TRANSPORT_SECURITY = "max-age=63072000; includeSubDomains"
PRIVATE = "no-store"


@web.middleware
async def add_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Add the headers; what says nothing else of its keeping is not kept at all."""
    response = await handler(request)
    if not response.prepared:
        dress(request, response)
    return response


def dress(request: web.Request, response: web.StreamResponse) -> None:
    """Add the headers to an answer that has not begun."""
    response.headers.update(HEADERS)
    if request.app[SETTINGS].secure:
        response.headers["Strict-Transport-Security"] = TRANSPORT_SECURITY
    response.headers.setdefault("Cache-Control", PRIVATE)
    response.headers["Server"] = "Parvis"
