"""A person with a plain browser, and processes that die while she uses it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from deploy.local.stack import Stack
from tests.journeys.plain_visitor import PlainVisitor
from tests.support.plain_browser import PlainBrowser
from tests.support.portal import RunningPortal

KeepDown = Callable[[str], AbstractAsyncContextManager[None]]
LOOK_SECONDS = 0.02


@pytest.fixture
async def visitor(portal: RunningPortal) -> AsyncIterator[PlainVisitor]:
    """A newcomer."""
    async with PlainBrowser(portal.url) as browser:
        yield PlainVisitor(browser)


@pytest.fixture
def keep_down(stack: Stack, portal: RunningPortal) -> KeepDown:
    """`async with keep_down("legal"):` the process dies as often as it is started again.

    Afterwards it works again, and the gateway knows.
    """

    @asynccontextmanager
    async def down(name: str) -> AsyncIterator[None]:
        await asyncio.to_thread(stack.kill, name)
        killing = asyncio.create_task(kill_again_and_again(name))
        try:
            yield
        finally:
            killing.cancel()
            await asyncio.wait([killing])
            await asyncio.to_thread(stack.await_ready, name)
            await portal.await_recovery()

    async def kill_again_and_again(name: str) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if stack.pid(name):
                await asyncio.to_thread(stack.kill, name)

    return down
