"""Every case of every template, as Chromium shows it: no violation of axe's rules, in any look."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.gateway.templates.cases import rendered
from tests.gateway.templates.environment import STATIC
from tests.gateway.templates.pages import PAGES
from tests.support.accessibility import assert_accessible_in_every_look
from tests.support.browser import Person


async def show(request: web.Request) -> web.Response:
    return web.Response(text=rendered(request.match_info["case"]), content_type="text/html")


async def serve_cases() -> TestServer:
    application = web.Application()
    application.router.add_static("/static", STATIC)
    application.router.add_get("/{case}", show)
    server = TestServer(application)
    await server.start_server()
    return server


@pytest.mark.promise("SES-02")
@pytest.mark.parametrize("case", PAGES)
async def test_it_can_be_used_by_everybody_at_both_widths_and_themes(
    open_page: Person, case: str
) -> None:
    async with await serve_cases() as server:
        page = await open_page()
        await page.goto(str(server.make_url(f"/{case}")))
        await assert_accessible_in_every_look(page)
