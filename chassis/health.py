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
    """The checks of a process. `essential` ones make it ready, the others are only told."""

    service: str
    clock: Clock
    essential: dict[str, Check] = field(default_factory=dict)
    others: dict[str, Check] = field(default_factory=dict)
    draining: bool = False
    started_at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.started_at = self.clock.now()

    async def detail(self) -> dict[str, Any]:
        """Return status, version, age and the result of every check, run together."""
        checks = {**self.essential, **self.others}
        results = await asyncio.gather(*(_run(check) for check in checks.values()))
        found = dict(zip(checks, results, strict=True))
        now = self.clock.now()
        return {
            "status": self._status(found),
            "service": self.service,
            "version": product_version(),
            "started_at": self.started_at.isoformat(),
            "age_seconds": round((now - self.started_at).total_seconds()),
            "checks": found,
        }

    def _status(self, found: Mapping[str, Mapping[str, Any]]) -> str:
        if self.draining or any(found[name]["status"] != "up" for name in self.essential):
            return "down"
        return "up" if all(result["status"] == "up" for result in found.values()) else "degraded"

    async def show_live(self, _request: web.Request) -> web.Response:
        """GET /health/live: the event loop turns."""
        return web.json_response({"status": "up"})

    async def show_ready(self, _request: web.Request) -> web.Response:
        """GET /health/ready: 200 when every essential check passes, else 503."""
        detail = await self.detail()
        ready = detail["status"] != "down"
        return web.json_response({"status": detail["status"]}, status=200 if ready else 503)

    async def show_detail(self, _request: web.Request) -> web.Response:
        """GET /health: everything an operator wants to see, always 200."""
        return web.json_response(await self.detail())


async def _run(check: Check) -> dict[str, Any]:
    loop = asyncio.get_running_loop()
    started = loop.time()
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            found = dict(await check())
    except Exception as error:
        return {"status": "down", "reason": type(error).__name__}
    return {"status": "up", "milliseconds": round((loop.time() - started) * 1000, 1), **found}
