"""A person whose browser only reads HTML and sends forms."""

import asyncio
import re
from typing import Any

from tests.journeys.visitors import Summary
from tests.support.plain_browser import File, Page, PlainBrowser


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

    async def choose(self, identifier: str, words: str) -> None:
        chosen = re.search(rf'<option value="([^"]*)"[^>]*>{re.escape(words)}<', self.page.html)
        assert chosen is not None, f"{self.page.url} has no {words}"
        self._typed[identifier] = chosen[1]

    async def unfold(self, words: str) -> None:
        assert words in self.page.text, f"{self.page.url} has no {words}"

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
