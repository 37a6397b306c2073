"""Health addresses of a process: alive, ready, and the detail that operators read."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from aiohttp import web

from chassis.clock import Clock

CHECK_SECONDS = 2.0

Check = Callable[[], Awaitable[Mapping[str, Any]]]


def product_version() -> str:
    """Return the installed version, or the development one when run from a checkout."""
    try:
        return version("parvis")
    except PackageNotFoundError:
        return "0.1.0"


@dataclass
class Health:
    """The checks of a process. `essential` ones make it ready, the others are only told.

    `starting` holds while what the process needs is being opened, `draining` from the moment that
    it was asked to stop: it is ready in neither.
    """

    service: str
    clock: Clock
    essential: dict[str, Check] = field(default_factory=dict)
    others: dict[str, Check] = field(default_factory=dict)
    starting: bool = False
    draining: bool = False
    started_at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.started_at = self.clock.now()

    @property
    def phase(self) -> str:
        """Return 'starting', 'serving' or 'draining'."""
        if self.draining:
            return "draining"
        return "starting" if self.starting else "serving"

    async def detail(self) -> dict[str, Any]:
        """Return status, phase, version, age and the result of every check, run together."""
        found = await _run_all({**self.essential, **self.others})
        now = self.clock.now()
        return {
            "status": self._status(found),
            "phase": self.phase,
            "service": self.service,
            "version": product_version(),
            "started_at": self.started_at.isoformat(),
            "age_seconds": round((now - self.started_at).total_seconds()),
            "checks": found,
        }

    async def is_ready(self) -> bool:
        """Say whether the process does its work: the essential checks only.

        What other services do is not asked: two that ask each other would never answer.
        """
        return self._status(await _run_all(self.essential)) != "down"

    def _status(self, found: Mapping[str, Mapping[str, Any]]) -> str:
        essential = [found[name]["status"] for name in self.essential]
        if self.phase != "serving" or any(status != "up" for status in essential):
            return "down"
        return "up" if all(result["status"] == "up" for result in found.values()) else "degraded"

    async def show_live(self, _request: web.Request) -> web.Response:
        """GET /health/live: the event loop turns."""
        return web.json_response({"status": "up"})

    async def show_ready(self, _request: web.Request) -> web.Response:
        """GET /health/ready: 200 when every essential check passes, else 503."""
        if await self.is_ready():
            return web.json_response({"status": "up"})
        return web.json_response({"status": "down", "phase": self.phase}, status=503)

    async def show_detail(self, _request: web.Request) -> web.Response:
        """GET /health: everything an operator wants to see, always 200."""
        return web.json_response(await self.detail())


async def _run_all(checks: Mapping[str, Check]) -> dict[str, dict[str, Any]]:
    results = await asyncio.gather(*(_run(check) for check in checks.values()))
    return dict(zip(checks, results, strict=True))


async def _run(check: Check) -> dict[str, Any]:
    loop = asyncio.get_running_loop()
    started = loop.time()
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            found = dict(await check())
    except Exception as error:
        return {"status": "down", "reason": _reason(error)}
    return {"status": "up", "milliseconds": round((loop.time() - started) * 1000, 1), **found}


def _reason(error: Exception) -> str:
    """Say what failed without the error's own words: they may hold an address or a password."""
    if isinstance(error, TimeoutError):
        return f"no answer within {CHECK_SECONDS:g} s"
    return type(error).__name__
