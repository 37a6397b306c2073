"""One person, three browsers: plain HTTP, Chromium, and Chromium without JavaScript."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

from playwright.async_api import Locator
from playwright.async_api import Page as ChromiumPage

from tests.support.plain_browser import File, Page, PlainBrowser

Summary = list[tuple[str, str]]


class Visitor(Protocol):
    """What a person does with a page. Controls are named by their id, the target of a label."""

    async def open(self, path: str) -> None:
        """Type an address."""

    async def follow(self, words: str) -> None:
        """Follow the first link whose text holds `words`."""

    async def fill(self, typed: dict[str, str]) -> None:
        """Type in fields, choose in lists."""

    async def tick(self, identifier: str) -> None:
        """Tick a box or choose a round button."""

    async def attach(self, identifier: str, file: File) -> None:
        """Choose a file."""

    async def press(self, label: str) -> None:
        """Press the first button whose text begins with `label`."""

    async def press_twice(self, label: str) -> None:
        """Press it again before the answer to the first press has come."""

    async def reopen(self) -> None:
        """Close the tab and open an empty one; the window, and so the session, stays."""

    async def title(self) -> str:
        """Return the title of the window."""

    async def address(self) -> str:
        """Return where we are."""

    async def text(self) -> str:
        """Return what the page says."""

    async def value(self, identifier: str) -> str:
        """Return what stands in a field."""

    async def summary(self) -> Summary:
        """Return (id of the field, message) for each link of the page to one of its fields."""

    async def download(self, words: str) -> bytes:
        """Return the file behind the first link whose text holds `words`."""

    async def press_for_file(self, label: str) -> bytes:
        """Press a button whose answer is a file, and return the file."""


KINDS = ("plain", "chromium", "chromium-without-javascript")
# the kind -> a newcomer with no cookie
OpenVisitor = Callable[[str], Awaitable[Visitor]]


class PlainVisitor:
    """Reads HTML and sends forms, as a browser from long ago."""

    def __init__(self, browser: PlainBrowser) -> None:
        self.browser = browser
        self._page: Page | None = None
        self._typed: dict[str, Any] = {}
        self._files: dict[str, File] = {}

    @property
    def is_nowhere(self) -> bool:
        """Say whether no page was opened yet."""
        return self._page is None

    @property
    def page(self) -> Page:
        """The page before us."""
        assert self._page is not None, "no page is open"
        return self._page

    async def open(self, path: str) -> None:
        self._see(await self.browser.open(path))

    async def follow(self, words: str) -> None:
        await self.open(self.page.link(words))

    async def fill(self, typed: dict[str, str]) -> None:
        self._typed |= typed

    async def tick(self, identifier: str) -> None:
        self._typed[identifier] = self._choice(identifier)

    async def attach(self, identifier: str, file: File) -> None:
        self._files[identifier] = file

    async def press(self, label: str) -> None:
        self._see(await self._submit(label))

    async def press_twice(self, label: str) -> None:
        _first, second = await asyncio.gather(self._submit(label), self._submit(label))
        self._see(second)

    async def reopen(self) -> None:
        self._page = None

    async def _submit(self, label: str) -> Page:
        form, button = self.page.pressed(label)
        unknown = set(self._typed) - set(form.controls)
        assert not unknown, f"{self.page.url} has no {unknown}, only {set(form.controls)}"
        typed = {form.controls[name]: value for name, value in self._typed.items()}
        files = {form.controls[name]: file for name, file in self._files.items()}
        pressed = (button.name, button.value)
        return await self.browser.submit(self.page, form, typed, files, pressed)

    async def title(self) -> str:
        return self.page.title

    async def address(self) -> str:
        return self.page.url

    async def text(self) -> str:
        return self.page.text

    async def value(self, identifier: str) -> str:
        form = next(form for form in self.page.forms if identifier in form.controls)
        return form.value(form.controls[identifier])

    async def summary(self) -> Summary:
        ids = set(self.page.ids)
        return [
            (href[1:], " ".join(label.split()))
            for href, label in self.page.links
            if href.startswith("#champ-") and href[1:] in ids
        ]

    async def download(self, words: str) -> bytes:
        return (await self.browser.open(self.page.link(words))).body

    async def press_for_file(self, label: str) -> bytes:
        form, button = self.page.pressed(label)
        sent = (button.name, button.value)
        answer = await self.browser.submit(self.page, form, button=sent)
        assert answer.headers["Content-Disposition"].startswith("attachment"), answer.text
        return answer.body

    def _see(self, page: Page) -> None:
        self._page, self._typed, self._files = page, {}, {}

    def _choice(self, identifier: str) -> str:
        return next(
            form.choices[identifier] for form in self.page.forms if identifier in form.choices
        )


class ChromiumVisitor:
    """Uses the pages as they are seen."""

    def __init__(self, page: ChromiumPage, base: str) -> None:
        self.page = page
        self._base = base

    async def open(self, path: str) -> None:
        await self.page.goto(self._base + path)

    async def follow(self, words: str) -> None:
        await self.page.get_by_role("link").filter(has_text=words).first.click()

    async def fill(self, typed: dict[str, str]) -> None:
        for identifier, value in typed.items():
            control = self.page.locator(f"[id='{identifier}']")
            if await control.evaluate("control => control.tagName") == "SELECT":
                await control.select_option(value)
            else:
                await control.fill(value)

    async def tick(self, identifier: str) -> None:
        await self.page.locator(f"[id='{identifier}']").check()

    async def attach(self, identifier: str, file: File) -> None:
        name, content, media_type = file
        await self.page.locator(f"[id='{identifier}']").set_input_files(
            {"name": name, "mimeType": media_type, "buffer": content}
        )

    async def press(self, label: str) -> None:
        async with self.page.expect_navigation():
            await self._button(label).click()

    async def press_twice(self, label: str) -> None:
        before = self.page.url
        await self._button(label).dblclick(no_wait_after=True)
        await self.page.wait_for_url(lambda url: url != before)

    async def reopen(self) -> None:
        window = self.page.context
        await self.page.close()
        self.page = await window.new_page()

    def _button(self, label: str) -> Locator:
        # by its role: a button that is hidden from people is not pressed by them
        words = re.compile(f"^{re.escape(label)}")
        return self.page.get_by_role("button", name=words).first

    async def title(self) -> str:
        return " ".join((await self.page.title()).split())

    async def address(self) -> str:
        return self.page.url

    async def text(self) -> str:
        return " ".join((await self.page.locator("body").inner_text()).split())

    async def value(self, identifier: str) -> str:
        return await self.page.locator(f"[id='{identifier}']").input_value()

    async def summary(self) -> Summary:
        found = []
        for link in await self.page.locator("a[href^='#champ-']").all():
            identifier = (await link.get_attribute("href") or "")[1:]
            if await self.page.locator(f"[id='{identifier}']").count():
                found.append((identifier, " ".join((await link.inner_text()).split())))
        return found

    async def download(self, words: str) -> bytes:
        href = (
            await self.page.get_by_role("link").filter(has_text=words).first.get_attribute("href")
        )
        response = await self.page.request.get(f"{self._base}{href}")
        return await response.body()

    async def press_for_file(self, label: str) -> bytes:
        async with self.page.expect_download() as downloading:
            await self.page.get_by_role(
                "button", name=re.compile(f"^{re.escape(label)}")
            ).first.click()
        file = await (await downloading.value).path()
        return await asyncio.to_thread(Path(file).read_bytes)
