"""One person, three browsers: plain HTTP, Chromium, and Chromium without JavaScript."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

from playwright.async_api import Locator, expect
from playwright.async_api import Page as ChromiumPage

from tests.support.plain_browser import File

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

    async def choose(self, identifier: str, words: str) -> None:
        """Choose what a list says."""

    async def unfold(self, words: str) -> None:
        """Open the folded part of the page whose title begins with `words`."""

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

    async def choose(self, identifier: str, words: str) -> None:
        await self.page.locator(f"[id='{identifier}']").select_option(label=words)

    async def unfold(self, words: str) -> None:
        await self.page.locator("summary").filter(has_text=words).first.click()

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
        # the second press may break off the first one's page: what counts is where it ends
        await expect(self.page).not_to_have_url(before, timeout=20_000)
        await self.page.wait_for_load_state()

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
