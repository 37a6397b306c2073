"""Chromium as a person uses it, watched: nothing may leave this machine, nothing may break."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    async_playwright,
)

from tests.support.programs import program

NARROW, WIDE = 375, 1280
HEIGHT = 900
_LOCAL_SCHEMES = ("about", "blob", "data")
_TIMEOUT_MILLISECONDS = 10_000
_ARGUMENTS = [
    "--no-sandbox",  # root in a container
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
]


@asynccontextmanager
async def launched_chromium() -> AsyncIterator[Browser]:
    """Lend the system's Chromium, without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program("chromium"), args=_ARGUMENTS
        )
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Person:
    """Opens pages, each in a window and session of its own; `faults` is what went wrong in them."""

    browser: Browser
    faults: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    async def __call__(
        self,
        *,
        width: int = WIDE,
        javascript: bool = True,
        scheme: Literal["light", "dark"] = "light",
        language: str = "fr-FR",
    ) -> Page:
        """Open an empty page; a second tab of the same session is `page.context.new_page()`."""
        context = await self.browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=javascript,
            color_scheme=scheme,
            locale=language,
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
        )
        self._contexts.append(context)
        context.set_default_timeout(_TIMEOUT_MILLISECONDS)
        await context.route("**/*", self._let_stay)
        context.on("page", self._watch)
        return await context.new_page()

    async def leave(self) -> None:
        """Close every window."""
        for context in self._contexts:
            await context.close()

    async def _let_stay(self, route: Route) -> None:
        if is_local(route.request.url):
            await route.continue_()
        else:
            self.faults.append(f"a page asked another machine for {route.request.url}")
            await route.abort()

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("console", lambda message: self._hear(page, message))

    def _hear(self, page: Page, message: ConsoleMessage) -> None:
        # a page answered with 404 or 422 is told here too, and is no fault of its own
        own_status = message.text.startswith("Failed to load resource")
        if message.type == "error" and not (own_status and message.location["url"] == page.url):
            self.faults.append(f"{page.url}: {message.text} ({message.location['url']})")


def is_local(url: str) -> bool:
    """Return whether a request to `url` stays on this machine."""
    parts = urlsplit(url)
    if parts.scheme in _LOCAL_SCHEMES or parts.hostname == "localhost":
        return True
    try:
        return ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
