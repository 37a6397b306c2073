"""Growing delays against guessing, counted in Redis (ASVS 6.1.1; figures after Keycloak's).

An attempt is counted before its password is checked, so that many at once are no way around, and
forgotten when it succeeds. Beyond the free failures, each one adds a minute to the wait before the
next attempt, up to 15 minutes; 12 hours without an attempt forget everything.

- Per identifier, known or not: 10 free failures, from wherever they come.
- Per client address (IPv6: per /64): 50, because a town hall or a library is one address.

Whoever guesses cannot lock the owner out: an address from which the owner has signed in within
30 days is counted apart for that identifier, and waits 15 minutes at most. Redis holds keyed
digests, neither identifiers nor addresses.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from chassis.clock import Clock
from services.identity.blind_index import BlindIndex
from services.identity.credentials.model import SignInsUnavailable, TooManyAttempts

FREE_PER_IDENTIFIER = 10
FREE_PER_ADDRESS = 50
STEP_SECONDS = 60
LONGEST_SECONDS = 900
RESET_SECONDS = 12 * 3600
KNOWN_SECONDS = 30 * 24 * 3600

# KEYS known, pair, identifier, address; ARGV now, free per identifier, free per address, step,
# longest, reset. Gives the seconds to wait (text) and the key that counts for the identifier.
RESERVE = """
local who = redis.call('EXISTS', KEYS[1]) == 1 and KEYS[2] or KEYS[3]
local now, step, longest = tonumber(ARGV[1]), tonumber(ARGV[4]), tonumber(ARGV[5])
local wait = 0
for _, key in ipairs({who, KEYS[4]}) do
    wait = math.max(wait, tonumber(redis.call('HGET', key, 'until') or '0') - now)
end
if wait > 0 then return {tostring(wait), who} end
for key, free in pairs({[who] = tonumber(ARGV[2]), [KEYS[4]] = tonumber(ARGV[3])}) do
    local excess = redis.call('HINCRBY', key, 'failures', 1) - free
    if excess > 0 then
        redis.call('HSET', key, 'until', tostring(now + math.min(longest, step * excess)))
    end
    redis.call('EXPIRE', key, ARGV[6])
end
return {'0', who}
"""
# KEYS: the counters from which to take one attempt back
GIVE_BACK = """
for _, key in ipairs(KEYS) do
    if redis.call('EXISTS', key) == 1 then
        redis.call('HDEL', key, 'until')
        if redis.call('HINCRBY', key, 'failures', -1) <= 0 then redis.call('DEL', key) end
    end
end
"""


@dataclass(frozen=True)
class Reservation:
    """An attempt that was counted: where, and what to remember if it succeeds."""

    identifier_key: str
    address_key: str
    known_key: str


class SignInThrottle:
    """Counts attempts, and says when the next one may come."""

    def __init__(self, redis: Redis, index: BlindIndex, clock: Clock) -> None:
        self._redis = redis
        self._index = index
        self._clock = clock

    async def reserve(self, identifier: str, client_address: str) -> Reservation:
        """Count an attempt as failed; raise `TooManyAttempts` when it comes too soon."""
        network = address_group(client_address)
        pair = f"{network} {identifier}"
        keys = [
            self._key("known", pair),
            self._key("pair", pair),
            self._key("identifier", identifier),
            self._key("address", network),
        ]
        wait, identifier_key = await self._run(RESERVE, keys, self._figures())
        if float(wait) > 0:
            raise TooManyAttempts(math.ceil(float(wait)))
        return Reservation(identifier_key.decode(), keys[3], keys[0])

    async def give_back(self, reservation: Reservation) -> None:
        """Forget an attempt whose password was not checked."""
        await self._run(GIVE_BACK, [reservation.identifier_key, reservation.address_key], [])

    async def succeed(self, reservation: Reservation) -> None:
        """Forget the identifier's failures, and this attempt of the address; remember the pair.

        The address keeps its other failures: an account of one's own does not wash it clean.
        """
        await self._run(GIVE_BACK, [reservation.address_key], [])
        try:
            await self._redis.delete(reservation.identifier_key)
            await self._redis.set(reservation.known_key, b"1", ex=KNOWN_SECONDS)
        except RedisError as error:
            raise SignInsUnavailable from error

    def _key(self, purpose: str, value: str) -> str:
        return f"sign-ins:{purpose}:{self._index.digest(f'throttle {purpose}', value).hex()}"

    def _figures(self) -> list[str]:
        figures = (
            *(FREE_PER_IDENTIFIER, FREE_PER_ADDRESS),
            *(STEP_SECONDS, LONGEST_SECONDS, RESET_SECONDS),
        )
        return [repr(self._clock.now().timestamp()), *map(str, figures)]

    async def _run(self, script: str, keys: Sequence[str], arguments: Sequence[str]) -> Any:
        try:
            return await self._redis.register_script(script)(keys=keys, args=arguments)
        except RedisError as error:
            raise SignInsUnavailable from error


def address_group(client_address: str) -> str:
    """Return the address, or the /64 of an IPv6 one, which one subscriber has to himself.

    Raises ValueError when it is not an address.
    """
    address = ip_address(client_address)
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)
