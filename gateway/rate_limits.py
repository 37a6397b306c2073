"""How often one address may do what can be abused; counted in Redis, under keyed digests."""

import hashlib
import hmac
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from prometheus_client import Counter
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

REFUSED = Counter("parvis_rate_limited_total", "Requests refused by a rate limit", ["limit"])
# what is limited -> how often, for one address (a town hall or a library is one address)
LIMITS: dict[str, tuple[str, ...]] = {
    "post": ("120/minute", "1500/hour"),
    # saved while typing: a few a minute for each person, many persons behind one address
    "typing": ("600/minute",),
    "search": ("240/minute",),
    "sign-in": ("30/minute",),
    "registration": ("30/minute", "120/hour"),
    "recovery": ("10/minute", "40/hour"),
    "password-rules": ("60/minute",),
    "tracking": ("10/minute", "60/hour"),
    "resume-link": ("5/minute", "20/hour"),
    "resume": ("20/minute", "120/hour"),
    "start": ("30/minute", "300/hour"),
    "upload": ("60/minute",),
    "feedback": ("5/minute", "20/hour"),
    # business applications: each token, and each address whatever tokens it shows
    "business": ("300/minute",),
    "business-address": ("1200/minute",),
    # a partner: its own calls are few, and nothing is lost when one is refused
    "return": ("60/minute",),
    "notification": ("120/minute",),
}

log = structlog.get_logger()


@dataclass(frozen=True)
class TooManyRequests(Exception):
    """The address must wait `retry_after` seconds."""

    retry_after: int


class RateLimits:
    """Counts by address; when Redis is away nobody is refused for it."""

    def __init__(self, redis_url: str, pool: ConnectionPool, key: bytes) -> None:
        storage = RedisStorage(
            f"async+{redis_url}",
            implementation="redispy",
            key_prefix="limits",
            connection_pool=pool,  # type: ignore[arg-type]  # handed to redis.asyncio as it is
        )
        self._limiter = MovingWindowRateLimiter(storage)
        self._key = key
        self._limits = {name: [parse(rule) for rule in rules] for name, rules in LIMITS.items()}

    async def spend(self, name: str, address: str) -> None:
        """Count one use; raise `TooManyRequests` when it is one too many."""
        await self._spend(name, self._digest(address))

    async def spend_secret(self, name: str, secret: str) -> None:
        """Count one use by whoever holds a secret, wherever from."""
        await self._spend(name, self._keyed(f"secret:{secret}"))

    async def _spend(self, name: str, who: str) -> None:
        try:
            for limit in self._limits[name]:
                if not await self._limiter.hit(limit, name, who):
                    REFUSED.labels(name).inc()
                    raise TooManyRequests(await self._wait(limit, name, who))
        except (RedisError, OSError) as error:
            log.warning("rate limits not counted", error=type(error).__name__)

    async def _wait(self, limit: RateLimitItem, name: str, who: str) -> int:
        stats = await self._limiter.get_window_stats(limit, name, who)
        # the storage tells times by Redis's own seconds; a minute is the most that is announced
        return max(1, min(60, limit.get_expiry() if stats.remaining else 60))

    def _digest(self, address: str) -> str:
        found = ip_address(address)
        if isinstance(found, IPv6Address):  # a subscriber has a /64 of his own
            found = IPv6Address(int(found) >> 64 << 64)
        return self._keyed(f"limits:{found}")

    def _keyed(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()[:24]
