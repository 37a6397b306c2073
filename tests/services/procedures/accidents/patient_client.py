"""A client that tries again, the very same call, until one of several processes answers it."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import aiohttp
from aiohttp import FormData

# waiting for a connection of one's own counts for nothing: a browser has it at once
PATIENCE = aiohttp.ClientTimeout(total=None, sock_connect=5, sock_read=20)
PAUSE_SECONDS = 0.2
TRIES = 300
# no process, a process that starts or stops, a lost answer
AGAIN = (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, TimeoutError)


class PatientClient:
    """Calls the processes at `ports` by chance, as a load balancer does.

    `statuses` counts the answers, `lost` those that never came.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        ports: Sequence[int],
        chance: random.Random,
        sign: Callable[[], str],
    ) -> None:
        self._session = session
        self._ports = ports
        self._chance = chance
        self._sign = sign
        self.statuses: Counter[int] = Counter()
        self.lost = 0

    async def request(
        self, method: str, path: str, *, headers: Mapping[str, str], **more: Any
    ) -> aiohttp.ClientResponse:
        """Return the first whole answer that is not a 503."""
        sent = dict(headers)
        if isinstance(form := more.get("data"), FormData):
            payload = form()
            more["data"] = await payload.as_bytes()
            sent["Content-Type"] = payload.headers["Content-Type"]
        for _ in range(TRIES):
            url = f"http://127.0.0.1:{self._chance.choice(self._ports)}{path}"
            # a token lives for a minute: as the gateway does, each try has its own
            sent["Authorization"] = f"Bearer {self._sign()}"
            try:
                response = await self._session.request(method, url, headers=sent, **more)
                await response.read()
            except AGAIN:
                self.lost += 1
            else:
                self.statuses[response.status] += 1
                if response.status != 503:
                    return response
            await asyncio.sleep(PAUSE_SECONDS)
        raise AssertionError(f"no answer to {method} {path}")
