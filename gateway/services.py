"""The services behind the gateway, and what each one's absence means for people."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from chassis.caller import CallerSigner
from chassis.circuit_breaker import CircuitBreaker
from chassis.clock import Clock
from chassis.http_client import (
    ClientSession,
    ServiceClient,
    ServiceProblem,
    ServiceUnavailable,
)
from gateway.settings import Settings

WATCH_SECONDS = 2.0
CANCEL_SECONDS = 0.2
# a service that comes back is seen at once
DOWN_SECONDS = 0.25
NAMES = ("legal", "identity", "procedures")


@dataclass(frozen=True)
class Services:
    """Clients of the three services."""

    legal: ServiceClient
    identity: ServiceClient
    procedures: ServiceClient
    down: set[str]

    def all(self) -> Iterable[ServiceClient]:
        """Return the clients in the order of NAMES."""
        return (self.legal, self.identity, self.procedures)

    async def watch(self) -> None:
        """Ask each service for a sign of life now and then, so that pages can say what is down."""
        while True:
            await asyncio.gather(*(self._look(client) for client in self.all()))
            await asyncio.sleep(DOWN_SECONDS if self.down else WATCH_SECONDS)

    async def _look(self, client: ServiceClient) -> None:
        try:
            await client.check()
        except ServiceUnavailable:
            self.down.add(client.service)
        except ServiceProblem:
            self.down.discard(client.service)
        else:
            self.down.discard(client.service)


def build_services(
    settings: Settings, session: ClientSession, signer: CallerSigner, clock: Clock
) -> Services:
    """Build the clients, each with a circuit breaker of its own."""
    urls = (settings.legal_url, settings.identity_url, settings.procedures_url)
    legal, identity, procedures = (
        ServiceClient(session, name, url, signer, CircuitBreaker(clock))
        for name, url in zip(NAMES, urls, strict=True)
    )
    return Services(legal, identity, procedures, set())


async def stop_watching(task: "asyncio.Task[None]") -> None:
    """Cancel the watch and wait until it is gone."""
    # again and again: a client that is connecting may swallow a cancellation
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=CANCEL_SECONDS)
    with suppress(asyncio.CancelledError):
        await task
