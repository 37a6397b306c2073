"""gateway.sessions: limits, rotation, sealed content, the sessions of an account."""

import pytest
from redis.asyncio import Redis

from gateway.sessions import MAX_HELD, SessionStore
from tests.gateway.conftest import ABSOLUTE, IDLE, SetClock

ACCOUNT = {"account_id": "0192f0c1-0000-7000-8000-000000000001", "display_name": "Élise Martin"}


async def test_it_finds_what_it_saved(store: SessionStore) -> None:
    session = store.new_session()
    session.put("colour", "ochre")
    await store.save_session(session)
    found = await store.find_session(session.token)
    assert found is not None
    assert found.get("colour") == "ochre"
    assert found.csrf_token == session.csrf_token
    assert not found.changed


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "é" * 43, "a" * 44])
async def test_it_knows_no_other_token(store: SessionStore, token: str) -> None:
    await store.save_session(store.new_session())
    assert await store.find_session(token) is None


@pytest.mark.promise("DAT-05")
async def test_redis_holds_neither_the_token_nor_anything_readable(
    store: SessionStore, redis: Redis
) -> None:
    session = store.new_session()
    session.put("account", ACCOUNT)
    session.hold_key("request", "secret-key-of-a-request")
    await store.save_session(session)
    keys = [key async for key in redis.scan_iter("*")]
    values = [await redis.get(key) for key in keys if await redis.type(key) == b"string"]
    members = [str(await redis.smembers(key)) for key in keys if await redis.type(key) == b"set"]
    everything = b"".join([*keys, *values]).decode("latin-1") + "".join(members)
    for secret in (session.token, session.csrf_token, "Martin", "secret-key-of-a-request"):
        assert secret not in everything


async def test_a_session_moved_to_another_name_opens_nothing(
    store: SessionStore, redis: Redis
) -> None:
    mine, other = store.new_session(), store.new_session()
    mine.put("account", ACCOUNT)
    await store.save_session(mine)
    await store.save_session(other)
    names = sorted([key async for key in redis.scan_iter("session:*")])
    sealed = [await redis.get(name) for name in names]
    for name, value in zip(names, reversed(sealed), strict=True):
        await redis.set(name, value)
    assert await store.find_session(mine.token) is None
    assert await store.find_session(other.token) is None


async def test_it_ends_after_thirty_minutes_without_a_visit(
    store: SessionStore, clock: SetClock
) -> None:
    session = store.new_session()
    await store.save_session(session)
    clock.pass_by(IDLE)
    assert await store.find_session(session.token) is not None
    clock.pass_by(1)
    assert await store.find_session(session.token) is None


async def test_it_ends_eight_hours_after_its_beginning_however_used(
    store: SessionStore, clock: SetClock
) -> None:
    session = store.new_session()
    await store.save_session(session)
    for _ in range(ABSOLUTE // IDLE):
        clock.pass_by(IDLE)
        found = await store.find_session(session.token)
        assert found is not None
        assert found.changed, "a visit after a minute is written down"
        await store.save_session(found)
    clock.pass_by(1)
    assert await store.find_session(session.token) is None


async def test_redis_forgets_an_idle_session_by_itself(store: SessionStore, redis: Redis) -> None:
    await store.save_session(store.new_session())
    [name] = [key async for key in redis.scan_iter("session:*")]
    assert 0 < await redis.ttl(name) <= IDLE


async def test_a_rotated_session_has_a_new_token_and_form_secret(store: SessionStore) -> None:
    session = store.new_session()
    session.put("parked", "typing")
    await store.save_session(session)
    token, csrf = session.token, session.csrf_token
    store.rotate(session)
    await store.save_session(session)
    assert await store.find_session(token) is None
    found = await store.find_session(session.token)
    assert found is not None
    assert found.get("parked") == "typing"
    assert csrf not in (found.csrf_token, session.csrf_token)


async def test_it_lists_and_ends_the_sessions_of_an_account(store: SessionStore) -> None:
    sessions = [store.new_session() for _ in range(3)]
    for session in sessions:
        session.put("account", ACCOUNT)
        await store.save_session(session)
    stranger = store.new_session()
    stranger.put("account", ACCOUNT | {"account_id": "another"})
    await store.save_session(stranger)
    mine = ACCOUNT["account_id"]

    listed = await store.list_account(mine)
    assert {handle for handle, _ in listed} == {store.handle_of(session) for session in sessions}
    await store.end_handle(mine, store.handle_of(sessions[0]))
    await store.end_handle(mine, store.handle_of(stranger))
    assert len(await store.list_account(mine)) == 2
    await store.end_account(mine, but=sessions[1])
    assert await store.find_session(sessions[1].token) is not None
    assert await store.find_session(sessions[2].token) is None
    assert await store.find_session(stranger.token) is not None
    await store.end_account(mine)
    assert await store.list_account(mine) == []


async def test_an_ended_session_is_gone(store: SessionStore) -> None:
    session = store.new_session()
    await store.save_session(session)
    await store.end_session(session)
    assert await store.find_session(session.token) is None


async def test_a_session_ended_during_a_request_is_not_brought_back(
    store: SessionStore, clock: SetClock
) -> None:
    session = store.new_session()
    session.put("account", ACCOUNT)
    await store.save_session(session)
    under_way = await store.find_session(session.token)
    assert under_way is not None
    await store.end_account(ACCOUNT["account_id"])
    under_way.put("kept", "something")
    await store.save_session(under_way)
    assert await store.find_session(session.token) is None


def test_it_holds_the_keys_of_the_latest_requests(store: SessionStore) -> None:
    session = store.new_session()
    for number in range(MAX_HELD + 5):
        session.hold_key(str(number), f"key {number}")
    assert session.key_of("4") == ""
    assert session.key_of("5") == "key 5"
    session.hold_key("5", "key 5")
    session.hold_key("new", "key")
    assert session.key_of("5") == "key 5"
    assert session.key_of("6") == ""


def test_a_session_is_never_printed(store: SessionStore) -> None:
    session = store.new_session()
    assert session.token not in repr(session)
    assert session.csrf_token not in f"{session}"
