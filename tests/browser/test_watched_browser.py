"""The browser of the tests sees what it must see."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Error

from tests.support.accessibility import accessibility_faults, assert_accessible
from tests.support.browser import NARROW, Person

GOOD = """<!doctype html><html lang="fr"><title>Bonjour</title>
<main><h1>Bonjour</h1><p>Texte</p><script>document.title = "Avec JavaScript"</script></main>"""
BAD = '<!doctype html><html><title>x</title><main><h1>x</h1><img src="data:,"></main></html>'


async def serve(body: str) -> TestServer:
    async def show(_request: web.Request) -> web.Response:
        return web.Response(text=body, content_type="text/html")

    application = web.Application()
    application.router.add_get("/", show)
    server = TestServer(application)
    await server.start_server()
    return server


@pytest.mark.parametrize(("javascript", "title"), [(True, "Avec JavaScript"), (False, "Bonjour")])
async def test_it_checks_a_good_page_with_and_without_javascript(
    open_page: Person, javascript: bool, title: str
) -> None:
    async with await serve(GOOD) as server:
        page = await open_page(width=NARROW, javascript=javascript, scheme="dark")
        await page.goto(str(server.make_url("/")))
        assert await page.title() == title
        if javascript:
            await assert_accessible(page)


async def test_it_tells_what_is_not_accessible(open_page: Person) -> None:
    async with await serve(BAD) as server:
        page = await open_page()
        await page.goto(str(server.make_url("/")))
        told = "\n".join(await accessibility_faults(page))
        assert "html-has-lang" in told
        assert "image-alt" in told


async def test_it_refuses_to_leave_this_machine(open_page: Person) -> None:
    page = await open_page()
    with pytest.raises(Error):
        await page.goto("http://192.0.2.1/far.html")
    assert open_page.faults == ["a page asked another machine for http://192.0.2.1/far.html"]
    open_page.faults.clear()
