"""HTTP address of the published heads: anybody may keep a copy and compare."""

from aiohttp import web

from chassis.routing import QUERY
from services.legal.heads.model import PublishedHead
from services.legal.parts import HEADS


async def list_heads(request: web.Request) -> web.Response:
    """GET /evidence/heads: the head of each day, latest first."""
    query = request[QUERY]
    found = await request.app[HEADS].list_heads(query["before"], query["limit"])
    after = found[-1].day.isoformat() if len(found) == query["limit"] else None
    return web.json_response({"heads": [head_view(one) for one in found], "next_before": after})


def head_view(head: PublishedHead) -> dict[str, object]:
    """Return a head as JSON."""
    return {
        "day": head.day.isoformat(),
        "position": head.head.position,
        "hash": head.head.hash.hex(),
        "published_at": head.published_at.isoformat(),
        "proof": head.proof,
    }
