"""Composition of the simulator: register, keys, endpoints, pages, API."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler

from deploy.simulators.dgfip.clock import MovableClock
from deploy.simulators.franceconnect.api import SimulatorApi
from deploy.simulators.franceconnect.endpoints import Endpoints
from deploy.simulators.franceconnect.faults import Faults
from deploy.simulators.franceconnect.model import Client
from deploy.simulators.franceconnect.pages import SignInPages
from deploy.simulators.franceconnect.register import Register
from deploy.simulators.franceconnect.tokens import TokenMaker

# no form-action: after its form the page leads to the client's site, at any address
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_HOSTS = {"127.0.0.1", "localhost"}


@dataclass(frozen=True)
class Provider:
    """The parts of a simulator; a test holds them to drive it."""

    clock: MovableClock
    register: Register
    makers: dict[str, TokenMaker]
    faults: Faults

    @classmethod
    def new(cls, clients: Mapping[str, Client], clock: MovableClock | None = None) -> "Provider":
        """Make a simulator that nobody has used yet, for the client of each flavour."""
        moved = clock or MovableClock()
        makers = {name: TokenMaker(client, moved) for name, client in clients.items()}
        return cls(moved, Register(clients, moved), makers, Faults())


def build_app(provider: Provider) -> web.Application:
    """Return the web application of both flavours."""
    app = web.Application(middlewares=[_protect])
    register, makers, faults = provider.register, provider.makers, provider.faults
    app.router.add_routes(
        [
            *SignInPages(register, makers, faults).routes(),
            *Endpoints(register, makers, faults).routes(),
            *SimulatorApi(register, makers, faults, provider.clock).routes(),
            web.get("/health/ready", _show_ready),
        ]
    )
    return app


@web.middleware
async def _protect(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse foreign host names and give every answer the protecting headers."""
    if request.url.host not in _HOSTS:
        raise web.HTTPForbidden(text="Ask for 127.0.0.1 or localhost.")
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(_HEADERS)
        raise
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


async def _show_ready(_request: web.Request) -> web.Response:
    return web.json_response({"status": "up"})
