"""An extraction of about 100,000 rows through the gateway: how long, how much memory."""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp
import psutil

from deploy.local.stack import Stack

PROCESSES = ("gateway", "procedures")
# of the five years that are stored: about a third of the service's requests
DAYS = 600


@dataclass(frozen=True)
class Extracted:
    """What came, in how long (seconds), and by how much each process grew meanwhile (MiB)."""

    kind: str
    megabytes: float
    seconds: float
    growth: dict[str, float]

    def __str__(self) -> str:
        grown = ", ".join(f"{name} +{size:.0f} MiB" for name, size in self.growth.items())
        return f"  {self.kind}: {self.megabytes:.1f} MB in {self.seconds:.1f} s, {grown}"


async def extract(stack: Stack, cookie: str, service: str, kind: str) -> Extracted:
    """Read an extraction to its end, as a browser does, while the memory is watched."""
    last = datetime.now(UTC).date()
    query = {
        "service": service,
        "format": kind,
        "du": (last - timedelta(days=DAYS)).isoformat(),
        "au": last.isoformat(),
    }
    before, highest = _memory(stack), _memory(stack)
    read, started = 0, time.perf_counter()
    url, headers = f"{stack.urls['portal']}/agents/extraction", {"Cookie": cookie}
    timeout = aiohttp.ClientTimeout(total=600)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        watching = asyncio.create_task(_watch(stack, highest))
        async with session.get(url, params=query, headers=headers) as answer:
            if answer.status != 200:
                raise RuntimeError(f"{answer.status} extraction")
            async for piece in answer.content.iter_chunked(64 * 1024):
                read += len(piece)
        watching.cancel()
    growth = {name: highest[name] - before[name] for name in PROCESSES}
    return Extracted(kind, read / 1e6, time.perf_counter() - started, growth)


async def _watch(stack: Stack, highest: dict[str, float]) -> None:
    while True:
        for name, size in _memory(stack).items():
            highest[name] = max(highest[name], size)
        await asyncio.sleep(0.1)


def _memory(stack: Stack) -> dict[str, float]:
    found = {}
    for name in PROCESSES:
        pid = stack.pid(name)
        size = psutil.Process(pid).memory_info().rss if pid is not None else 0
        found[name] = size / 1024 / 1024
    return found
