"""The OpenAPI description that applications read: their addresses as the portal serves them."""

from dataclasses import replace
from typing import Any

from aiohttp import web

from chassis.routing import Route, describe_routes
from services.procedures.business_api.application_routes import APPLICATION_ROUTES, TOKEN
from services.procedures.office import OFFICE
from services.procedures.requests.edge import require_gateway

TITLE = "Parvis: the API for business applications"
SCHEME = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "The token that an administrator gave the application",
    }
}
# what the gateway answers by itself, whatever the address
GATEWAY_STATUSES = {"429": "Too many calls: see Retry-After"}
BODY_STATUSES = {"408": "The body did not arrive", "413": "Too large", "415": "Not JSON"}


async def describe(request: web.Request) -> web.Response:
    """GET /business/openapi.json: for everybody."""
    require_gateway(request)
    return web.json_response(description(request.app[OFFICE].public_url))


def description(public_url: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document, for callers outside."""
    routes = [replace(route, headers=_headers(route)) for route in APPLICATION_ROUTES]
    document = describe_routes(TITLE, routes)
    document["servers"] = [{"url": public_url.rstrip("/")}]
    document["security"] = [{"token": []}]
    document["components"]["securitySchemes"] = SCHEME
    for operations in document["paths"].values():
        for operation in operations.values():
            _tell_gateway(operation)
    return document


def _headers(route: Route) -> dict[str, str]:
    """Return the headers that a caller outside sends: the token goes where HTTP puts it."""
    return {name: text for name, text in (route.headers or {}).items() if name not in TOKEN}


def _tell_gateway(operation: dict[str, Any]) -> None:
    known = operation["responses"]
    more = GATEWAY_STATUSES | (BODY_STATUSES if "requestBody" in operation else {})
    for status, text in more.items():
        content = {"application/problem+json": {"schema": {"type": "object"}}}
        known[status] = {"description": text, "content": content}
