"""Sends one delivery over HTTP: no redirect is followed, the answer's body is not read."""

import asyncio
from collections.abc import Mapping

import aiohttp

from chassis.errors import PartnerAway
from chassis.http_client import ClientSession

SEND_SECONDS = 10.0


class TargetAway(PartnerAway):
    """The application gave no usable answer."""


async def post_delivery(
    session: ClientSession, url: str, body: bytes, headers: Mapping[str, str]
) -> int:
    """Post and return the status, or raise `TargetAway` with the kind of the fault."""
    try:
        async with asyncio.timeout(SEND_SECONDS):
            async with session.post(
                url, data=body, headers=headers, allow_redirects=False
            ) as response:
                return response.status
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise TargetAway(type(error).__name__) from None
