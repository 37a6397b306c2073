"""gateway.session_ends: what the identity service says ends the sessions of an account."""

import asyncio
import json

import pytest
from redis.asyncio import Redis

from gateway.services import stop_watching
from gateway.session_ends import CHANNEL, end_before, follow_session_ends
from gateway.sessions import Session, SessionStore

ACCOUNT = "0192f0c1-0000-7000-8000-000000000001"
OTHER = "0192f0c1-0000-7000-8000-000000000002"


async def session_of(store: SessionStore, account_id: str, epoch: int) -> Session:
    session = store.new_session()
    session.put("account", {"account_id": account_id, "session_epoch": epoch})
    await store.save_session(session)
    return session


def message(epoch: int) -> bytes:
    return json.dumps({"account_id": ACCOUNT, "epoch": epoch}).encode()


@pytest.mark.promise("ACC-07", "ACC-10", "SEC-01")
async def test_the_sessions_from_before_end_and_no_other(store: SessionStore) -> None:
    before, after = await session_of(store, ACCOUNT, 1), await session_of(store, ACCOUNT, 2)
    other = await session_of(store, OTHER, 1)
    await end_before(store, message(2))
    assert await store.find_session(before.token) is None
    assert await store.find_session(after.token) is not None
    assert await store.find_session(other.token) is not None


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"account_id": "x", "epoch": "much"}'])
async def test_a_message_that_cannot_be_read_ends_nothing(store: SessionStore, data: bytes) -> None:
    session = await session_of(store, ACCOUNT, 1)
    await end_before(store, data)
    assert await store.find_session(session.token) is not None


async def test_it_follows_the_channel(store: SessionStore, redis: Redis) -> None:
    session = await session_of(store, ACCOUNT, 1)
    following = asyncio.create_task(follow_session_ends(redis, store))
    try:
        async with asyncio.timeout(20):
            while await redis.publish(CHANNEL, message(2)) == 0:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
            while await store.find_session(session.token) is not None:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    finally:
        await stop_watching(following)
