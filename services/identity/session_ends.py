"""Tells the gateway that the sessions of an account must end: Redis channel `identity:sessions`.

The message is `{"account_id": ..., "epoch": n}`: a session that began under a smaller epoch ends.
A message that is lost does no lasting harm: the epoch is also in each answer about the account.
"""

import json
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

CHANNEL = "identity:sessions"

log = structlog.get_logger()


class SessionEnds:
    """Announces, once committed, that sessions end."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def announce(self, account_id: UUID, epoch: int) -> None:
        """Say that the sessions from before `epoch` are over."""
        message = json.dumps({"account_id": str(account_id), "epoch": epoch})
        try:
            await self._redis.publish(CHANNEL, message)
        except RedisError:
            log.warning("the end of sessions was not announced")
