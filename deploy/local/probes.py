"""Ways to ask whether a process does its work."""

import asyncio

from deploy.local.ports import HOST
from deploy.local.process import Probe

_SECONDS = 3.0


def health_probe(port: int) -> Probe:
    """Return a probe of GET /health/ready on `port`: ready when it answers 200."""

    async def probe() -> bool:
        try:
            async with asyncio.timeout(_SECONDS):
                return await _status(port, "/health/ready") == 200
        except (OSError, TimeoutError, ValueError):
            return False

    return probe


async def _status(port: int, path: str) -> int:
    """Ask by hand: the launcher needs no HTTP client, only the first line of one answer."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        request = f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nConnection: close\r\n\r\n"
        writer.write(request.encode())
        words = (await reader.readline()).split()
        return int(words[1]) if len(words) > 1 else 0
    finally:
        writer.close()
