"""Delays against guessing, which do not let anybody lock the owner out."""

import asyncio
from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest
from pytest_aiohttp.plugin import AiohttpClient
from redis.asyncio import Redis

from services.identity.app import build_app
from services.identity.credentials.throttle import (
    FREE_PER_ADDRESS,
    FREE_PER_IDENTIFIER,
    address_group,
)
from services.identity.settings import Settings
from tests.services.identity.conftest import CAMILLE, PASSWORD, Gateway, SetClock
from tests.support.environment import NOWHERE

ELSEWHERE = "198.51.100.{}"


async def exhaust(gateway: Gateway, identifier: str) -> None:
    """Use every free failure of an identifier, and the one that begins the delay."""
    for number in range(FREE_PER_IDENTIFIER + 1):
        response = await gateway.sign_in(identifier, "wrong", ELSEWHERE.format(number))
        assert response.status == 401


@pytest.mark.promise("SEC-01")
@pytest.mark.parametrize("identifier", [CAMILLE.identifier, "nobody"])
async def test_the_delay_of_an_identifier_grows_to_a_quarter_of_an_hour(
    gateway: Gateway, clock: SetClock, camille: UUID, identifier: str
) -> None:
    await exhaust(gateway, identifier)
    waits = []
    for number in range(18):
        response = await gateway.sign_in(identifier, "wrong", ELSEWHERE.format(100 + number))
        assert response.status == 429
        problem = await response.json()
        assert problem["code"] == "too-many-attempts"
        waits.append(int(response.headers["Retry-After"]))
        assert problem["retry_after"] == waits[-1]
        clock.instant += timedelta(seconds=waits[-1])
        tried = await gateway.sign_in(identifier, "wrong", ELSEWHERE.format(200 + number))
        assert tried.status == 401
    assert waits[:4] == [60, 120, 180, 240]
    assert waits[14:] == [900] * 4


async def test_a_success_forgets_the_failures(
    gateway: Gateway, clock: SetClock, camille: UUID
) -> None:
    await exhaust(gateway, CAMILLE.identifier)
    assert (await gateway.sign_in(CAMILLE.identifier, PASSWORD)).status == 429
    clock.instant += timedelta(seconds=60)
    assert (await gateway.sign_in(CAMILLE.identifier, PASSWORD)).status == 200
    assert (await gateway.sign_in(CAMILLE.identifier, "wrong", "203.0.113.9")).status == 401
    assert (await gateway.sign_in(CAMILLE.identifier, PASSWORD, "203.0.113.8")).status == 200


@pytest.mark.promise("SEC-01")
async def test_guessing_elsewhere_does_not_lock_the_owner_out(
    gateway: Gateway, camille: UUID
) -> None:
    assert (await gateway.sign_in(CAMILLE.identifier, PASSWORD, "2001:db8::1")).status == 200
    await exhaust(gateway, CAMILLE.identifier)
    assert (await gateway.sign_in(CAMILLE.identifier, PASSWORD, "192.0.2.7")).status == 429
    assert (await gateway.sign_in(CAMILLE.identifier, PASSWORD, "2001:db8::2")).status == 200
    for _ in range(FREE_PER_IDENTIFIER + 1):
        await gateway.sign_in(CAMILLE.identifier, "wrong", "2001:db8::3")
    limited = await gateway.sign_in(CAMILLE.identifier, PASSWORD, "2001:db8::4")
    assert limited.status == 429
    assert int(limited.headers["Retry-After"]) == 60


async def test_an_address_that_tries_many_identifiers_is_delayed(
    gateway: Gateway, clock: SetClock, camille: UUID
) -> None:
    for number in range(FREE_PER_ADDRESS):
        assert (await gateway.sign_in(f"person-{number}", "wrong")).status == 401
    # one's own account does not wash the address clean
    assert (await gateway.sign_in(CAMILLE.identifier, PASSWORD)).status == 200
    assert (await gateway.sign_in("another", "wrong")).status == 401
    limited = await gateway.sign_in("yet-another", "wrong")
    assert (limited.status, limited.headers["Retry-After"]) == (429, "60")
    assert (await gateway.sign_in("yet-another", "wrong", "192.0.2.2")).status == 401


@pytest.mark.promise("SEC-01")
async def test_many_at_once_are_no_way_around(gateway: Gateway, camille: UUID) -> None:
    responses = await asyncio.gather(
        *(
            gateway.sign_in(CAMILLE.identifier, f"guess {number}", ELSEWHERE.format(number))
            for number in range(60)
        )
    )
    statuses = Counter(response.status for response in responses)
    assert statuses == {401: FREE_PER_IDENTIFIER + 1, 429: 60 - FREE_PER_IDENTIFIER - 1}


@pytest.mark.promise("DAT-05")
async def test_redis_holds_neither_identifiers_nor_addresses(
    gateway: Gateway, camille: UUID, redis_url: str
) -> None:
    await gateway.sign_in(CAMILLE.identifier, "wrong", "203.0.113.77")
    await gateway.sign_in(CAMILLE.identifier, PASSWORD, "203.0.113.77")
    async with Redis.from_url(redis_url) as redis:
        keys = [key async for key in redis.scan_iter()]
        assert len(keys) == 2
        for key in keys:
            assert b"203.0" not in key
            assert b"camille" not in key.lower()
            assert await redis.ttl(key) > 0


async def test_it_fails_closed_without_redis(
    settings: Settings,
    clock: SetClock,
    gateway: Gateway,
    camille: UUID,
    aiohttp_client: AiohttpClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(vars(settings), "redis_url", f"redis://{NOWHERE}/0")
    gateway.client = await aiohttp_client(build_app(settings, clock))
    response = await gateway.sign_in(CAMILLE.identifier, PASSWORD)
    assert response.status == 503
    assert (await response.json())["code"] == "sign-ins-unavailable"


def test_a_subscriber_of_ipv6_is_one_address() -> None:
    assert address_group("2001:db8:0:1:aaaa::1") == address_group("2001:db8:0:1:bbbb::2")
    assert address_group("2001:db8:0:2::1") != address_group("2001:db8:0:1::1")
    assert address_group("::ffff:192.0.2.1") == "192.0.2.1"
