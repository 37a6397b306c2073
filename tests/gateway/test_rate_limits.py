"""gateway.rate_limits on a real Redis."""

import pytest
from redis.asyncio import ConnectionPool, Redis

from gateway.rate_limits import LIMITS, RateLimits, TooManyRequests
from tests.gateway.conftest import SESSION_KEY, OpenGateway
from tests.gateway.forms import form_of, send
from tests.support.environment import NOWHERE

HOME, LIBRARY = "192.0.2.7", "198.51.100.9"
TRACKING = 10


@pytest.fixture
def limits(redis: Redis, redis_url: str) -> RateLimits:
    return RateLimits(redis_url, redis.connection_pool, SESSION_KEY)


async def spend_all(limits: RateLimits, address: str) -> None:
    for _ in range(TRACKING):
        await limits.spend("tracking", address)


@pytest.mark.promise("REQ-06")
async def test_it_refuses_one_too_many_and_says_how_long_to_wait(limits: RateLimits) -> None:
    await spend_all(limits, HOME)
    with pytest.raises(TooManyRequests) as refused:
        await limits.spend("tracking", HOME)
    assert 1 <= refused.value.retry_after <= 60


async def test_each_address_and_each_thing_has_its_own_count(limits: RateLimits) -> None:
    await spend_all(limits, HOME)
    await limits.spend("tracking", LIBRARY)
    await limits.spend("sign-in", HOME)


async def test_a_subscriber_s_whole_network_is_one_address(limits: RateLimits) -> None:
    await spend_all(limits, "2001:db8:1:2::1")
    with pytest.raises(TooManyRequests):
        await limits.spend("tracking", "2001:db8:1:2:ffff::9")
    await limits.spend("tracking", "2001:db8:1:3::1")


@pytest.mark.promise("DAT-05")
async def test_redis_holds_no_address(limits: RateLimits, redis: Redis) -> None:
    await limits.spend("tracking", HOME)
    names = [name.decode() async for name in redis.scan_iter("*")]
    assert names
    assert not any(HOME in name for name in names)


async def test_nobody_is_refused_while_redis_is_away() -> None:
    url = f"redis://{NOWHERE}/0"
    pool = ConnectionPool.from_url(url, socket_connect_timeout=0.2)
    limits = RateLimits(url, pool, SESSION_KEY)
    for _ in range(TRACKING + 1):
        await limits.spend("tracking", HOME)


async def test_a_page_refused_says_when_to_try_again_and_keeps_the_typing(
    open_gateway: OpenGateway,
) -> None:
    client = await open_gateway()
    form = await form_of(client, "/suivi")
    fields = {**dict(form.values), "number": "NM-2026-000123-K", "code": ""}
    for _ in range(TRACKING):
        assert (await send(client, "/suivi", fields)).status == 422
    refused = await send(client, "/suivi", fields)
    assert refused.status == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert "NM-2026-000123-K" in await refused.text()


async def test_too_many_forms_of_any_kind_lose_no_typing(
    open_gateway: OpenGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "post", ("1/minute",))
    client = await open_gateway()
    form = await form_of(client, "/suivi")
    fields = {**dict(form.values), "number": "NM-2026-000123-K", "code": ""}
    await send(client, "/suivi", fields)
    refused = await send(client, "/suivi", fields)
    assert refused.status == 429
    assert "NM-2026-000123-K" in await refused.text()
