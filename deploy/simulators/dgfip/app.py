"""Composition of the DGFiP's simulator: register, web service, payment page, API."""

from dataclasses import dataclass

from aiohttp import web

from deploy.simulators.dgfip.api import SimulatorApi
from deploy.simulators.dgfip.clock import MovableClock
from deploy.simulators.dgfip.faults import Faults
from deploy.simulators.dgfip.notifications import Notifier
from deploy.simulators.dgfip.pages import PaymentPages
from deploy.simulators.dgfip.register import Register
from deploy.simulators.dgfip.web_service import PATH, WebService
from deploy.simulators.site import build_site


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
    service = WebService(dgfip.register, dgfip.faults)
    pages = PaymentPages(dgfip.register, dgfip.faults)
    app = build_site(
        [
            web.get("/", pages.show_list),
            web.get("/dgfip.css", pages.templates.show_style),
            web.get(PATH, service.show_contract),
            web.post(PATH, service.call),
            web.get("/tpa/paiement.web", pages.open_form_payment),
            web.get("/tpa/paiementws.web", pages.open_payment),
            web.post("/payments/{idop}", pages.decide),
            *SimulatorApi(dgfip.register, dgfip.faults, dgfip.clock).routes(),
        ]
    )
    app.cleanup_ctx.append(Notifier(dgfip.register).run)
    return app
