"""Visitors of the running portal: each test has its own, in a session of its own."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest_asyncio

from tests.journeys.plain_visitor import PlainVisitor
from tests.journeys.visitors import ChromiumVisitor, OpenVisitor, Visitor
from tests.support.browser import Person
from tests.support.plain_browser import PlainBrowser
from tests.support.portal import RunningPortal


@pytest_asyncio.fixture(loop_scope="session")
async def open_visitor(portal: RunningPortal, open_page: Person) -> AsyncIterator[OpenVisitor]:
    """`await open_visitor(kind)` is a newcomer with no cookie."""
    async with AsyncExitStack() as opened:

        async def open_one(kind: str) -> Visitor:
            if kind == "plain":
                return PlainVisitor(await opened.enter_async_context(PlainBrowser(portal.url)))
            page = await open_page(javascript=kind == "chromium")
            return ChromiumVisitor(page, portal.url)

        yield open_one
