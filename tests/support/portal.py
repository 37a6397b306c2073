"""The running portal as tests look at it: its addresses, its mail, its health, its accidents."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import asyncpg
from redis import Redis

from deploy.local.databases import address
from deploy.local.keys import keep_secrets
from deploy.local.ports import HOST
from deploy.local.redis import LocalRedis
from deploy.local.stack import Stack

SECONDS = 30.0
COUNT_FILED = "SELECT count(*) FROM requests WHERE state <> 'draft'"


@dataclass(frozen=True)
class RunningPortal:
    """The whole stack of the run, with what most tests ask of it."""

    stack: Stack

    @property
    def url(self) -> str:
        """The address that browsers open."""
        return self.stack.urls["portal"]

    def forget_limits(self) -> None:
        """Let this machine's address begin anew: every visitor of the tests has the same one."""
        settings = self.stack.settings
        secret = keep_secrets(settings.folder)["redis"]
        server = LocalRedis(settings.folder / "redis", settings.ports["redis"], password=secret)
        with Redis.from_url(server.url()) as client:
            for key in client.scan_iter("limits*", count=1000):
                client.delete(key)

    async def mails(self, recipient: str, *, least: int = 1) -> list[dict[str, Any]]:
        """Return the mails received at an address, the newest first, once there are `least`."""
        base = self.stack.urls["mailbox"]
        found: list[dict[str, Any]] = []

        async def look() -> bool:
            listed = await _json(f"{base}/api/messages", to=recipient)
            found[:] = listed["messages"]
            return len(found) >= least

        await until(look)
        return [await _json(f"{base}/api/messages/{mail['id']}") for mail in found]

    async def attachment(self, attachment: dict[str, Any]) -> bytes:
        """Return the content of a file that came with a mail."""
        return await _bytes(self.stack.urls["mailbox"] + attachment["url"])

    async def count_filed(self) -> int:
        """Return how many requests the database holds that are no drafts."""
        settings = self.stack.settings
        database = "parvis_procedures"
        server = f"postgresql://{HOST}:{settings.ports['postgres']}"
        url = address(server, database, keep_secrets(settings.folder)[database])
        connection = await asyncpg.connect(url)
        try:
            return int(await connection.fetchval(COUNT_FILED))
        finally:
            await connection.close()

    async def health(self, process: str = "gateway") -> dict[str, Any]:
        """Return what the operators read at /health of a process."""
        return await _json(f"{self.stack.urls[f'{process}-operations']}/health")

    async def await_recovery(self) -> None:
        """Return when the gateway finds everything up again, its circuits closed."""

        async def look() -> bool:
            try:
                return bool((await self.health())["status"] == "up")
            except aiohttp.ClientError:
                return False

        await until(look)


async def until(look: Callable[[], Awaitable[bool]], seconds: float = SECONDS) -> None:
    """Return once `look` says so; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not await look():
        assert time.monotonic() < deadline, f"still not so after {seconds:g} s"
        await asyncio.sleep(0.05)


async def _json(url: str, **query: str) -> Any:
    async with aiohttp.request("GET", url, params=query) as response:
        response.raise_for_status()
        return await response.json()


async def _bytes(url: str) -> bytes:
    async with aiohttp.request("GET", url) as response:
        response.raise_for_status()
        return await response.read()
