"""Publications of legal texts, told on Redis: the copies that we keep are asked again at once."""

import asyncio

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from gateway.last_known import LastKnown

CHANNEL = "legal:publications"
LEGAL = "legal"
AGAIN_SECONDS = 5.0
# shorter than the pool's own time-out, which would take silence for a fault
LISTEN_SECONDS = 1.0

log = structlog.get_logger()


async def follow_publications(redis: Redis, known: LastKnown) -> None:
    """Listen for ever; while Redis is away, copies age by themselves (gateway/last_known.py)."""
    while True:
        try:
            await _listen(redis, known)
        except (RedisError, OSError) as error:
            log.warning("publications not heard", error=type(error).__name__)
        await asyncio.sleep(AGAIN_SECONDS)


async def _listen(redis: Redis, known: LastKnown) -> None:
    async with redis.pubsub(ignore_subscribe_messages=True) as listener:
        await listener.subscribe(CHANNEL)
        # what was said while nobody listened
        known.forget(LEGAL)
        while True:
            if await listener.get_message(timeout=LISTEN_SECONDS) is not None:
                known.forget(LEGAL)
