"""Publications told on Redis, so that whoever keeps copies of the texts drops them at once.

It is only a comfort: each answer also says until when it holds (`next_change_at`) and has an ETag.
A message lost with Redis delays nobody past the age that copies are allowed.
"""

import json

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

CHANNEL = "legal:publications"
SECONDS = 2.0

log = structlog.get_logger()


class PublicationNews:
    """Tells `published`, `cancelled` and `in-force` on the channel `legal:publications`."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS)

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()

    async def tell(self, event: str, slug: str, version: int) -> None:
        """Send `{"event", "slug", "version"}`; a silent Redis is logged, never an error."""
        message = json.dumps({"event": event, "slug": slug, "version": version})
        try:
            await self._redis.publish(CHANNEL, message)
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("publication not told", error=type(error).__name__, slug=slug)

    async def check(self) -> dict[str, str]:
        """Health check: one trivial round trip."""
        await self._redis.ping()
        return {}
