"""Password hashes: bounded, and renewed when their cost changes."""

import asyncio
import os
import sys
import threading
from collections import Counter
from dataclasses import replace
from uuid import UUID

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type
from pytest_aiohttp.plugin import AiohttpClient

from services.identity.app import build_app
from services.identity.assembly import Parts
from services.identity.credentials.hashing import NICE, NICEST, HashingSettings, PasswordHashing
from services.identity.credentials.model import SignInsBusy, is_strong
from services.identity.settings import Settings
from tests.services.identity.conftest import CAMILLE, PASSWORD, Gateway, SetClock

CHEAP = HashingSettings(memory_kib=19456, iterations=2, workers=2, waiting=4)


def test_it_is_argon2id_with_64_mib_by_default() -> None:
    hashing = PasswordHashing(HashingSettings())
    try:
        parameters = extract_parameters(asyncio.run(hashing.hash("x")))
    finally:
        hashing.close()
    found = (parameters.type, parameters.memory_cost, parameters.time_cost, parameters.parallelism)
    assert found == (Type.ID, 65536, 3, 1)


@pytest.mark.promise("SEC-01")
async def test_a_flood_is_bounded_and_told(
    settings: Settings,
    clock: SetClock,
    gateway: Gateway,
    camille: UUID,
    aiohttp_client: AiohttpClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_once, most, lock = 0, 0, threading.Lock()
    verify = PasswordHasher.verify

    def watched(self: PasswordHasher, password_hash: str, password: str) -> bool:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        try:
            return verify(self, password_hash, password)
        finally:
            with lock:
                at_once -= 1

    monkeypatch.setattr(PasswordHasher, "verify", watched)
    gateway.client = await aiohttp_client(build_app(replace(settings, hashing=CHEAP), clock))
    responses = await asyncio.gather(
        *(gateway.sign_in(f"p{n}", "wrong", f"198.51.100.{n}") for n in range(80))
    )
    statuses = Counter(response.status for response in responses)
    assert set(statuses) == {401, 429}
    assert statuses[401] >= CHEAP.workers + CHEAP.waiting
    assert most <= CHEAP.workers
    busy = next(response for response in responses if response.status == 429)
    assert (await busy.json())["code"] == "sign-ins-busy"
    assert busy.headers["Retry-After"] == "2"
    # nothing was tried, so nothing is held against those who were turned away
    assert (await gateway.sign_in(CAMILLE.identifier, PASSWORD)).status == 200


async def test_it_turns_away_who_finds_no_place() -> None:
    hashing = PasswordHashing(CHEAP)
    release = asyncio.Event()

    async def take_place() -> str:
        try:
            async with hashing.place():
                await release.wait()
        except SignInsBusy as error:
            return type(error).__name__
        return "served"

    taking = [asyncio.create_task(take_place()) for _ in range(20)]
    await asyncio.sleep(0)
    assert await hashing.check() == {"taken": 6, "places": 6}
    release.set()
    assert Counter(await asyncio.gather(*taking)) == {"served": 6, "SignInsBusy": 14}
    assert await hashing.check() == {"taken": 0, "places": 6}
    hashing.close()


async def test_a_sign_in_renews_a_hash_of_another_cost(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    async with parts.database.transaction() as connection:
        await connection.execute("UPDATE credentials SET password_hash = $1", old)
    before = await credential(parts)
    assert (await gateway.sign_in(CAMILLE.identifier, "wrong")).status == 401
    assert await credential(parts) == before
    assert (await gateway.sign_in(CAMILLE.identifier, PASSWORD)).status == 200
    renewed, changed_at = await credential(parts)
    assert extract_parameters(renewed).memory_cost == 19456
    assert changed_at == before[1]
    assert (await gateway.sign_in(CAMILLE.identifier, PASSWORD)).status == 200


async def credential(parts: Parts) -> tuple[str, object]:
    async with parts.database.connection() as connection:
        row = await connection.fetchrow("SELECT password_hash, changed_at FROM credentials")
    assert row is not None
    return row["password_hash"], row["changed_at"]


@pytest.mark.promise("ACC-03")
@pytest.mark.parametrize(
    ("password", "strong"),
    [
        ("Abcdefghij1!", True),
        ("Élégante 123", True),
        ("Abcdefghij1", False),
        ("abcdefghij1!", False),
        ("ABCDEFGHIJ1!", False),
        ("Abcdefghijk!", False),
        ("Abcdefghij12", False),
        ("Aa1!" * 32, True),
        ("Aa1!" * 32 + "x", False),
    ],
)
def test_a_strong_password_has_12_characters_of_four_types(password: str, strong: bool) -> None:
    assert is_strong(password) is strong


@pytest.mark.skipif(sys.platform != "linux", reason="niceness of one thread is Linux's")
async def test_a_hash_gives_way_to_every_page() -> None:
    hashing = PasswordHashing(CHEAP)

    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    try:
        assert await hashing._run(niceness) == min(niceness() + NICE, NICEST)
    finally:
        hashing.close()
