"""gateway.crowd: the door of the sign-ins, and what those who find it full are told."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from gateway.crowd import DOOR, Door, DoorFull
from tests.gateway.conftest import OpenGateway

FRENCH = {"Accept-Language": "fr"}


async def test_it_serves_in_the_order_of_coming_and_refuses_one_too_many() -> None:
    door, served, leaving = Door(1, 2), [], asyncio.Event()

    async def come(number: int) -> None:
        async with door.passage():
            served.append(number)
            await leaving.wait()

    people = [asyncio.create_task(come(number)) for number in range(3)]
    await asyncio.sleep(0)
    assert served == [0]
    with pytest.raises(DoorFull):
        async with door.passage():
            served.append(99)
    leaving.set()
    await asyncio.gather(*people)
    assert served == [0, 1, 2]
    await come(3)


async def test_who_gives_up_waiting_leaves_the_place_to_another() -> None:
    door = Door(1, 1)
    async with door.passage():
        waiting = asyncio.create_task(door.passage().__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        other = asyncio.create_task(door.passage().__aenter__())
        await asyncio.sleep(0)
        assert not other.done()
    await other


@pytest.mark.promise("SEC-01")
async def test_a_full_door_tells_when_to_come_back_and_keeps_nobody_from_the_rest(
    open_gateway: OpenGateway,
) -> None:
    client = await open_gateway(PARVIS_SIGN_INS_AT_ONCE="1", PARVIS_SIGN_INS_WAITING="0")
    async with AsyncExitStack() as taken:
        await taken.enter_async_context(client.server.app[DOOR].passage())  # type: ignore[attr-defined]
        response = await client.post("/connexion", headers=FRENCH, allow_redirects=False)
        page = await response.text()
        assert (response.status, response.headers["Retry-After"]) == (503, "5")
        assert "Beaucoup de personnes se connectent en ce moment" in page
        assert "ne compte pas comme un échec" in page
        assert "Set-Cookie" not in response.headers
        assert "Content-Security-Policy" in response.headers
        english = await client.post("/connexion", headers={"Accept-Language": "en"})
        assert "Many people are signing in" in await english.text()
        assert (await client.get("/connexion")).status == 200
        assert (await client.post("/suivi", allow_redirects=False)).status == 403
    assert (await client.post("/connexion", headers=FRENCH)).status == 403
