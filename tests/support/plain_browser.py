"""A browser without JavaScript, style or pictures: cookies, links and HTML forms, over HTTP."""

import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import aiohttp

from tests.support.html_page import Button, Form, HtmlReader

# name of the file, content, type that the browser announces
File = tuple[str, bytes, str]


@dataclass
class Page:
    """A page received."""

    status: int
    url: str
    html: str
    body: bytes
    headers: Any
    forms: list[Form]
    links: list[tuple[str, str]]
    ids: list[str]
    text: str
    title: str

    def form(self, part: str) -> Form:
        """Return the form whose action or page address holds `part`, or that has such a field."""
        for form in self.forms:
            if part in (form.action or self.url) or part in form.names | set(form.file_fields):
                return form
        raise AssertionError(f"no form {part!r} in {self.url}: {[f.action for f in self.forms]}")

    def pressed(self, label: str) -> tuple[Form, Button]:
        """Return the button whose text begins with `label`, and its form."""
        for form in self.forms:
            if button := form.button(label):
                return form, button
        labels = [button.label for form in self.forms for button in form.buttons]
        raise AssertionError(f"no button {label!r} in {self.url} ({self.title}): {labels}")

    def link(self, part: str) -> str:
        """Return the address of the first link whose text or address holds `part`."""
        for href, label in self.links:
            if part in " ".join(label.split()) or part in href:
                return href
        raise AssertionError(f"no link {part!r} in {self.url} ({self.title})")


class PlainBrowser:
    """Goes from page to page as a person without JavaScript does."""

    def __init__(self, base: str, *, cookies: bool = True) -> None:
        self._base = base
        jar = aiohttp.CookieJar(unsafe=True) if cookies else aiohttp.DummyCookieJar()
        self._session = aiohttp.ClientSession(cookie_jar=jar)

    async def __aenter__(self) -> "PlainBrowser":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    @property
    def cookies(self) -> aiohttp.abc.AbstractCookieJar:
        """The cookies held."""
        return self._session.cookie_jar

    async def open(self, address: str, **headers: str) -> Page:
        """Follow a link."""
        return await self._send("GET", urljoin(self._base, address), headers=headers)

    async def submit(
        self,
        page: Page,
        form: Form,
        typed: dict[str, Any] | None = None,
        files: dict[str, File] | None = None,
        button: tuple[str, str] | None = None,
    ) -> Page:
        """Send a form with `typed` over its present values; `files` maps name to a file."""
        typed = typed or {}
        pairs = [(name, value) for name, value in form.values if name not in typed]
        for name, value in typed.items():
            pairs += [(name, one) for one in (value if isinstance(value, list) else [value])]
        pairs += [button] if button and button[0] else []
        address = urljoin(page.url, form.action or page.url)
        headers = {"Origin": self._base.rstrip("/"), "Referer": page.url}
        if form.method == "GET":
            return await self._send("GET", address, params=pairs, headers=headers)
        data = aiohttp.FormData(pairs)
        if "multipart" in form.enctype:
            # browsers send names of files as they are, in UTF-8
            data = aiohttp.FormData(pairs, quote_fields=False, default_to_multipart=True)
            for name in form.file_fields:
                file_name, content, media_type = (files or {}).get(name, ("", b"", ""))
                data.add_field(
                    name,
                    content,
                    filename=file_name,
                    content_type=media_type or "application/octet-stream",
                )
        return await self._send("POST", address, data=data, headers=headers)

    async def post(self, page: Page, address: str, body: bytes, media_type: str) -> Page:
        """Send a body as it is, from a page: what no browser would make of a form."""
        headers = {
            "Origin": self._base.rstrip("/"),
            "Referer": page.url,
            "Content-Type": media_type,
            # a server closes the connection of a body that it does not read to its end
            "Connection": "close",
        }
        sent = io.BytesIO(body)
        return await self._send("POST", urljoin(page.url, address), data=sent, headers=headers)

    async def _send(self, method: str, address: str, **options: Any) -> Page:
        async with self._session.request(method, address, **options) as response:
            body = await response.read()
            is_html = response.content_type == "text/html"
            html = body.decode() if is_html else ""
            reader = HtmlReader()
            reader.feed(html)
            return Page(
                status=response.status,
                url=str(response.url),
                html=html,
                body=body,
                headers=response.headers,
                forms=reader.forms,
                links=reader.links,
                ids=reader.ids,
                text=" ".join("".join(reader.text).split()),
                title=" ".join(reader.title.split()),
            )
