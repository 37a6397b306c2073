"""One question to a partner's site: does it answer at all? Nothing of anybody is sent."""

import asyncio

import aiohttp

from chassis.http_client import ClientSession

PROBE_SECONDS = 5.0


async def answers(session: ClientSession, url: str) -> bool:
    """Say whether the site answers in time, with anything but a failure of its own."""
    try:
        async with asyncio.timeout(PROBE_SECONDS):
            async with session.get(url, allow_redirects=False) as response:
                return response.status < 500
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
        return False
