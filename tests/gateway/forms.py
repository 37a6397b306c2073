"""Forms of the gateway's own pages, as a browser sends them."""

from typing import Any

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient

from tests.support.html_page import Form, HtmlReader

ORIGIN = "http://127.0.0.1:8000"
Client = TestClient  # type: ignore[type-arg]


async def form_of(client: Client, path: str, action: str = "") -> Form:
    """Return the form of a page that is sent to `action` (the page's own address if none)."""
    response = await client.get(path)
    return read_form(await response.text(), action or path)


def read_form(html: str, action: str) -> Form:
    """Return the form of a page by its action."""
    reader = HtmlReader()
    reader.feed(html)
    return next(form for form in reader.forms if form.action == action and form.method == "POST")


async def send(client: Client, path: str, fields: Any, **headers: str) -> ClientResponse:
    """Send a form from our own pages, unless `headers` say otherwise."""
    sent = {"Origin": ORIGIN, **headers}
    return await client.post(
        path, data=fields, headers={k: v for k, v in sent.items() if v}, allow_redirects=False
    )
