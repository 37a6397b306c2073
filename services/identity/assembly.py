"""Opens what the use cases run on, builds them, and closes it all in reverse."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from redis.asyncio import BlockingConnectionPool, Redis

from authority.profile import load_profile
from chassis.clock import Clock
from chassis.database import Database
from chassis.http_client import open_session
from chassis.keyring import Keyring
from services.identity.accounts.sealing import AccountSeal
from services.identity.building import Parts, build_parts
from services.identity.core import Foundation
from services.identity.credentials.hashing import PasswordHashing
from services.identity.keys.service import KeyService
from services.identity.settings import Settings

__all__ = ["Parts", "open_parts", "open_redis"]

REDIS_CONNECTIONS = 20
REDIS_SECONDS = 2.0
# in a flood many wait for one of the connections: it is no sign that Redis is away
WAIT_SECONDS = 10.0


@asynccontextmanager
async def open_parts(settings: Settings, clock: Clock) -> AsyncIterator[Parts]:
    """Open the database, Redis and the hashing threads, and build the use cases on them."""
    former = [settings.former_master_key] if settings.former_master_key else []
    keyring = Keyring(settings.master_key, *former)
    database = await Database.open(settings.database_url)
    hashing = PasswordHashing(settings.hashing)
    calls = open_session()
    try:
        async with open_redis(settings.redis_url) as redis:
            keys = await KeyService(database, keyring).open_keys()
            profile = load_profile(settings.authority_folder)
            seal = AccountSeal(keyring, keys.index)
            base = Foundation(
                settings, clock, profile, database, redis, hashing, keyring, keys, seal, calls
            )
            yield build_parts(base)
    finally:
        await calls.close()
        hashing.close()
        await database.close()


def open_redis(url: str) -> Redis:
    """Return a client of at most REDIS_CONNECTIONS; those who come later wait a little."""
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=REDIS_CONNECTIONS,
        timeout=WAIT_SECONDS,
        socket_timeout=REDIS_SECONDS,
        socket_connect_timeout=REDIS_SECONDS,
    )
    return Redis.from_pool(pool)
