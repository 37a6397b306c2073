"""Composition root: what the service is made of, and in which order it opens and closes."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from redis.asyncio import BlockingConnectionPool, Redis

from chassis.application import CLOCK, HEALTH, build_service
from chassis.clock import Clock
from chassis.database import Database
from chassis.keyring import Keyring
from services.identity.accounts.sealing import AccountSeal
from services.identity.accounts.service import AccountService
from services.identity.blind_index import BlindIndex
from services.identity.credentials.hashing import PasswordHashing
from services.identity.credentials.journal import SignInJournal
from services.identity.credentials.service import PasswordService, SignInService
from services.identity.credentials.throttle import SignInThrottle
from services.identity.parts import ACCOUNTS, SIGN_INS
from services.identity.problems import PROBLEMS
from services.identity.routes import ROUTES
from services.identity.settings import Settings

SERVICE = "identity"
REDIS_CONNECTIONS = 20
REDIS_SECONDS = 2.0


@dataclass(frozen=True)
class Parts:
    """The use cases that need only the database; the seed uses the same."""

    database: Database
    index: BlindIndex
    hashing: PasswordHashing
    accounts: AccountService
    passwords: PasswordService


@asynccontextmanager
async def open_parts(settings: Settings, clock: Clock) -> AsyncIterator[Parts]:
    """Open the database and the hashing threads, and build the use cases on them."""
    index = BlindIndex(settings.master_key)
    seal = AccountSeal(Keyring(settings.master_key), index)
    database = await Database.open(settings.database_url)
    hashing = PasswordHashing(settings.hashing)
    try:
        accounts = AccountService(database, seal, clock)
        passwords = PasswordService(database, seal, hashing, clock)
        yield Parts(database, index, hashing, accounts, passwords)
    finally:
        hashing.close()
        await database.close()


def open_redis(url: str) -> Redis:
    """Return a client of at most REDIS_CONNECTIONS; those who come later wait a little."""
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=REDIS_CONNECTIONS,
        timeout=REDIS_SECONDS,
        socket_timeout=REDIS_SECONDS,
        socket_connect_timeout=REDIS_SECONDS,
    )
    return Redis.from_pool(pool)


def build_app(settings: Settings, clock: Clock | None = None) -> web.Application:
    """Build the service's application."""

    async def open_all(application: web.Application) -> AsyncIterator[None]:
        clock = application[CLOCK]
        async with open_parts(settings, clock) as parts, open_redis(settings.redis_url) as redis:
            journal = SignInJournal(parts.database, clock)
            throttle = SignInThrottle(redis, parts.index, clock)
            application[ACCOUNTS] = parts.accounts
            application[SIGN_INS] = SignInService(
                parts.accounts, parts.passwords, throttle, journal
            )

            async def check_redis() -> Mapping[str, Any]:
                await redis.ping()
                return {}

            health = application[HEALTH]
            health.essential |= {"database": parts.database.check, "redis": check_redis}
            health.others["passwords"] = parts.hashing.check
            yield
            await journal.drain()

    return build_service(SERVICE, settings.process, ROUTES, PROBLEMS, [open_all], clock=clock)
