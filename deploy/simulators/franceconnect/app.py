"""Composition of the simulator: register, keys, endpoints, pages, API."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from deploy.simulators.dgfip.clock import MovableClock
from deploy.simulators.franceconnect.api import SimulatorApi
from deploy.simulators.franceconnect.endpoints import Endpoints
from deploy.simulators.franceconnect.faults import Faults
from deploy.simulators.franceconnect.model import Client
from deploy.simulators.franceconnect.pages import SignInPages
from deploy.simulators.franceconnect.register import Register
from deploy.simulators.franceconnect.tokens import TokenMaker
from deploy.simulators.site import build_site


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
    register, makers, faults = provider.register, provider.makers, provider.faults
    return build_site(
        [
            *SignInPages(register, makers, faults).routes(),
            *Endpoints(register, makers, faults).routes(),
            *SimulatorApi(register, makers, faults, provider.clock).routes(),
        ]
    )
