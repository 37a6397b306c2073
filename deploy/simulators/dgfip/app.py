"""Composition of the DGFiP's simulator: register, web service, payment page, API."""

from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler

from deploy.simulators.dgfip.api import SimulatorApi
from deploy.simulators.dgfip.clock import MovableClock
from deploy.simulators.dgfip.faults import Faults
from deploy.simulators.dgfip.notifications import Notifier
from deploy.simulators.dgfip.pages import PaymentPages
from deploy.simulators.dgfip.register import Register
from deploy.simulators.dgfip.web_service import PATH, WebService

# no form-action: after its form the page leads to the merchant's site, at any address
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
class Dgfip:
    """The parts of a simulator; a test holds them to drive it."""

    clock: MovableClock
    register: Register
    faults: Faults

    @classmethod
    def new(cls, clock: MovableClock | None = None) -> "Dgfip":
        """Make a simulator that nobody has used yet."""
        moved = clock or MovableClock()
        return cls(moved, Register(moved), Faults())


def build_app(dgfip: Dgfip) -> web.Application:
    """Return the web application of both modes."""
    app = web.Application(middlewares=[_protect])
    app.cleanup_ctx.append(Notifier(dgfip.register).run)
    service = WebService(dgfip.register, dgfip.faults)
    pages = PaymentPages(dgfip.register, dgfip.faults)
    app.router.add_routes(
        [
            web.get("/", pages.show_list),
            web.get("/dgfip.css", pages.show_style),
            web.get(PATH, service.show_contract),
            web.post(PATH, service.call),
            web.get("/tpa/paiement.web", pages.open_form_payment),
            web.get("/tpa/paiementws.web", pages.open_payment),
            web.post("/payments/{idop}", pages.decide),
            web.get("/health/ready", _show_ready),
            *SimulatorApi(dgfip.register, dgfip.faults, dgfip.clock).routes(),
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
