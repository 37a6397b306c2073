"""Follows the identity service: the sessions of an account end when it says so (ASVS 7.4.2).

Each session keeps the epoch under which it began; a message gives a greater one. The session that
asked for the change has by then another token, under the new epoch, and goes on.
"""

import asyncio
import json

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from gateway.sessions import SessionStore

CHANNEL = "identity:sessions"
AGAIN_SECONDS = 1.0

log = structlog.get_logger()


async def follow_session_ends(redis: Redis, sessions: SessionStore) -> None:
    """End what must end, for ever; a lost connection is taken up again."""
    while True:
        try:
            await _follow(redis, sessions)
        except (RedisError, OSError):
            log.warning("the ends of sessions are not followed for a moment")
        await asyncio.sleep(AGAIN_SECONDS)


async def _follow(redis: Redis, sessions: SessionStore) -> None:
    async with redis.pubsub() as listening:
        await listening.subscribe(CHANNEL)
        while True:
            message = await listening.get_message(ignore_subscribe_messages=True, timeout=1.0)
            if message is not None:
                await end_before(sessions, message["data"])


async def end_before(sessions: SessionStore, data: bytes) -> None:
    """End the sessions of an account that began under a smaller epoch than the message's."""
    try:
        told = json.loads(data)
        account_id, epoch = str(told["account_id"]), int(told["epoch"])
    except (ValueError, KeyError, TypeError):
        log.warning("a message about sessions cannot be read")
        return
    for handle, session in await sessions.list_account(account_id):
        account = session.account or {}
        if int(account.get("session_epoch", 0)) < epoch:
            await sessions.end_handle(account_id, handle)
