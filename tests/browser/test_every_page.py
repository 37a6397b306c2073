"""Every case of every template, as Chromium shows it: no violation of axe's rules, in any look."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page

from tests.gateway.templates.cases import rendered
from tests.gateway.templates.environment import STATIC
from tests.gateway.templates.pages import PAGES
from tests.support.accessibility import assert_accessible_in_most_looks
from tests.support.browser import Person


async def show(request: web.Request) -> web.Response:
    return web.Response(text=rendered(request.match_info["case"]), content_type="text/html")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def server() -> AsyncIterator[TestServer]:
    application = web.Application()
    application.router.add_static("/static", STATIC)
    application.router.add_get("/{case}", show)
    async with TestServer(application) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def person(chromium: Browser) -> AsyncIterator[Person]:
    """One window for all the cases: opening it takes longer than looking at one."""
    watched = Person(chromium)
    yield watched
    await watched.leave()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def page(person: Person) -> Page:
    return await person()


@pytest.mark.promise("SES-02")
@pytest.mark.parametrize("case", PAGES)
async def test_it_can_be_used_by_everybody_at_both_widths_and_themes(
    server: TestServer, person: Person, page: Page, case: str
) -> None:
    await page.goto(str(server.make_url(f"/{case}")))
    await assert_accessible_in_most_looks(page)
    assert person.faults == []
