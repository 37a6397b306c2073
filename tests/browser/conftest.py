"""Chromium for the browser tests: one for the run, a fresh session for each page opened.

Every test here runs in the session's event loop, where the browser lives (see tests/conftest.py).
"""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser

from tests.support.browser import Person, launched_chromium


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The browser itself; a missing Chromium is installed, or fails the test saying how."""
    async with launched_chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(chromium: Browser) -> AsyncIterator[Person]:
    """`page = await open_page(width=375, javascript=False, scheme="dark")`.

    The test fails when a page broke, met its Content-Security-Policy, or asked another machine
    for anything.
    """
    person = Person(chromium)
    yield person
    await person.leave()
    assert not person.faults, "\n".join(person.faults)
