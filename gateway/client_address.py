"""The browser's address: the connection's, or what a trusted proxy says of it."""

from collections.abc import Sequence
from ipaddress import ip_address

from aiohttp import web

from gateway.settings import Network

NOWHERE = "0.0.0.0"  # noqa: S104 - stands for an unknown address, nothing listens there


def client_address(request: web.Request, trusted: Sequence[Network]) -> str:
    """Return the address of the nearest machine that is not one of our own proxies.

    `X-Forwarded-For` is read from its end, and only as far as the proxies are trusted (ASVS 4.1.3).
    """
    nearest = request.remote or NOWHERE
    claimed = request.headers.get("X-Forwarded-For", "") if trusted else ""
    for further in reversed([part.strip() for part in claimed.split(",") if part.strip()]):
        if not _is_trusted(nearest, trusted):
            break
        nearest = further
    try:
        return str(ip_address(nearest))
    except ValueError:
        return NOWHERE


def _is_trusted(address: str, trusted: Sequence[Network]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in trusted if network.version == found.version)
