"""The server-to-server notifications: sent when they are due, to this machine only."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import aiohttp
import structlog
from aiohttp import web
from yarl import URL

from chassis.http_client import ClientSession, open_session
from deploy.simulators.dgfip.register import Register

log = structlog.get_logger()

INTERVAL_SECONDS = 0.5
# a simulator must not be made to call the world
HOSTS = frozenset({"127.0.0.1", "localhost"})


class Notifier:
    """Posts `idop` to each payment's own address; it tries once, as the DGFiP may."""

    def __init__(self, register: Register) -> None:
        self._register = register

    async def run(self, _application: web.Application) -> AsyncIterator[None]:
        """Send what falls due while the application runs."""
        async with open_session() as session:
            sending = asyncio.create_task(self._send_for_ever(session))
            yield
            sending.cancel()
            with suppress(asyncio.CancelledError):
                await sending

    async def send_due(self, session: ClientSession) -> int:
        """Send every notification that is due and return how many were."""
        due = self._register.due_notifications()
        for number, idop in enumerate(due):
            # both spellings are in use
            await self._send(session, idop, "idop" if number % 2 else "idOp")
        return len(due)

    async def _send_for_ever(self, session: ClientSession) -> None:
        while True:
            await self.send_due(session)
            await asyncio.sleep(INTERVAL_SECONDS)

    async def _send(self, session: ClientSession, idop: str, name: str) -> None:
        address = URL(self._register.operations[idop].notify_url)
        if address.host not in HOSTS:
            log.warning("notification not sent outside this machine")
            return
        try:
            async with session.post(address, data={name: idop}, allow_redirects=False) as response:
                log.info("notified", status=response.status)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            log.warning("notification lost", error=type(error).__name__)
