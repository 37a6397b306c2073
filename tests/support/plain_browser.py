"""A browser without JavaScript, style or pictures: cookies, links and HTML forms, over HTTP."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import aiohttp


@dataclass
class Form:
    """A form as served: its fields with their present values, as a browser would send them."""

    action: str
    method: str
    enctype: str
    values: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    file_fields: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def value(self, name: str) -> str:
        """Return the present value of a field, '' when it has none."""
        return next((value for found, value in self.values if found == name), "")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self.text: list[str] = []
        self.title = ""
        self._form: Form | None = None
        self._select: str | None = None
        self._area: str | None = None
        self._href: str | None = None
        self._hidden = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if "id" in found:
            self.ids.add(found["id"])
        if tag in ("script", "style"):
            self._hidden += 1
        elif tag == "title":
            self._in_title = True
        elif tag == "a" and "href" in found:
            self._href = found["href"]
            self.links.append((found["href"], ""))
        elif tag == "form":
            self._form = Form(
                found.get("action", ""),
                found.get("method", "get").upper(),
                found.get("enctype", ""),
            )
            self.forms.append(self._form)
        elif self._form is not None and found.get("name"):
            self._read_control(tag, found)
        elif tag == "option" and self._form is not None and self._select and "selected" in found:
            self._form.values.append((self._select, found.get("value", "")))

    def _read_control(self, tag: str, found: dict[str, str]) -> None:
        assert self._form is not None
        name, kind = found["name"], found.get("type", "text")
        self._form.names.add(name)
        if tag == "button" or kind in ("submit", "image"):
            self._form.buttons.append((name, found.get("value", "")))
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            self._form.values.append((name, ""))
        elif kind == "file":
            self._form.file_fields.append(name)
        elif kind not in ("radio", "checkbox") or "checked" in found:
            self._form.values.append((name, found.get("value", "on" if kind == "checkbox" else "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None
        elif tag == "a":
            self._href = None
        elif tag == "title":
            self._in_title = False
        elif tag in ("script", "style"):
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif self._area is not None and self._form is not None:
            name, value = self._form.values[-1]
            self._form.values[-1] = (name, value + data)
        elif not self._hidden:
            self.text.append(data)
            if self._href is not None:
                href, label = self.links[-1]
                self.links[-1] = (href, label + data)


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
    ids: set[str]
    text: str
    title: str

    def form(self, part: str) -> Form:
        """Return the form whose action or page address holds `part`, or that has such a field."""
        for form in self.forms:
            if part in (form.action or self.url) or part in form.names | set(form.file_fields):
                return form
        raise AssertionError(f"no form {part!r} in {self.url}: {[f.action for f in self.forms]}")

    def link(self, part: str) -> str:
        """Return the address of the first link whose text or address holds `part`."""
        for href, label in self.links:
            if part in label or part in href:
                return href
        raise AssertionError(f"no link {part!r} in {self.url}")


class PlainBrowser:
    """Goes from page to page as a person without JavaScript does."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))

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
        files: dict[str, tuple[str, bytes, str]] | None = None,
        button: tuple[str, str] | None = None,
    ) -> Page:
        """Send a form with `typed` over its present values; `files` maps name to a file."""
        typed = typed or {}
        pairs = [(name, value) for name, value in form.values if name not in typed]
        for name, value in typed.items():
            pairs += [(name, one) for one in (value if isinstance(value, list) else [value])]
        pairs += [button] if button else []
        address = urljoin(page.url, form.action or page.url)
        headers = {"Origin": self._base.rstrip("/"), "Referer": page.url}
        if form.method == "GET":
            return await self._send("GET", address, params=pairs, headers=headers)
        data = aiohttp.FormData(pairs)
        if "multipart" in form.enctype:
            data = aiohttp.FormData(pairs, default_to_multipart=True)
            for name in form.file_fields:
                file_name, content, media_type = (files or {}).get(name, ("", b"", ""))
                data.add_field(
                    name,
                    content,
                    filename=file_name,
                    content_type=media_type or "application/octet-stream",
                )
        return await self._send("POST", address, data=data, headers=headers)

    async def _send(self, method: str, address: str, **options: Any) -> Page:
        async with self._session.request(method, address, **options) as response:
            body = await response.read()
            is_html = response.content_type == "text/html"
            html = body.decode() if is_html else ""
            reader = _Reader()
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
