"""chassis.application: a real process that starts, serves, and stops without breaking anything"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError, ClientSession

from deploy.local.ports import free_ports

PROGRAM = """
import asyncio, os, sys
from aiohttp import web
from chassis.application import build_application, build_service, serve
from chassis.clock import Clock
from chassis.logs import configure_logs
from chassis.routing import Route
from chassis.settings import ProcessSettings, read_settings

async def slow(request):
    print("asked", flush=True)
    await asyncio.sleep(0.5)
    return web.json_response({"done": True})

async def opened(application):
    await asyncio.sleep(float(os.environ.get("OPENING", "0")))
    yield
    print("closed", flush=True)

settings = read_settings(ProcessSettings.read)
configure_logs("sample", settings.log_format, settings.log_level)
if os.environ.get("SIGNED"):
    routes = [Route("GET", "/slow", slow, "Take half a second.")]
    application = build_service("legal", settings, routes, {}, [opened])
else:
    application = build_application("sample", [], [opened], clock=Clock())
    application.router.add_get("/slow", slow)
asyncio.run(serve(application, settings))
print("ended", flush=True)
"""


class Process:
    """A running sample and its two addresses."""

    def __init__(self, popen: subprocess.Popen[str], main: int, operations: int) -> None:
        self.popen = popen
        self.url = f"http://127.0.0.1:{main}"
        self.operations = f"http://127.0.0.1:{operations}"

    async def until_ready(self, session: ClientSession, status: int = 200) -> None:
        async with asyncio.timeout(20):
            while await self._status(session) != status:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)

    async def _status(self, session: ClientSession) -> int:
        try:
            async with session.get(f"{self.operations}/health/ready") as response:
                return response.status
        except ClientConnectionError:
            return 0


@contextmanager
def running(keys: Path, **more: str) -> Iterator[Process]:
    main, operations = free_ports(2)
    environment = {
        "PARVIS_PORT": str(main),
        "PARVIS_OPERATIONS_PORT": str(operations),
        "PARVIS_PRIVATE_KEY_FILE": str(keys / "legal.pem"),
        "PARVIS_PUBLIC_KEYS_FOLDER": str(keys / "public"),
        **more,
    }
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as popen:
        try:
            yield Process(popen, main, operations)
        finally:
            popen.kill()


@pytest.mark.promise("AVA-01")
async def test_it_finishes_what_is_under_way_before_it_stops(service_keys: Path) -> None:
    with running(service_keys) as process:
        assert process.popen.stdout is not None
        async with ClientSession() as session:
            await process.until_ready(session)
            asking = asyncio.ensure_future(session.get(f"{process.url}/slow"))
            assert await asyncio.to_thread(process.popen.stdout.readline) == "asked\n"
            process.popen.send_signal(signal.SIGTERM)
            async with await asking as response:
                assert await response.json() == {"done": True}
        rest = await asyncio.to_thread(process.popen.stdout.read)
        assert rest == "closed\nended\n"
        assert process.popen.wait(10) == 0


@pytest.mark.promise("AVA-01")
async def test_it_answers_while_a_load_balancer_learns_that_it_stops(service_keys: Path) -> None:
    with running(service_keys, PARVIS_DRAIN_SECONDS="30") as process:
        async with ClientSession() as session:
            await process.until_ready(session)
            process.popen.send_signal(signal.SIGTERM)
            await process.until_ready(session, status=503)
            async with session.get(f"{process.url}/slow") as response:
                assert response.status == 200


async def test_it_says_that_it_is_starting_and_stops_in_the_middle(service_keys: Path) -> None:
    with running(service_keys, OPENING="60") as process:
        async with ClientSession() as session:
            await process.until_ready(session, status=503)
            async with session.get(f"{process.operations}/health/live") as response:
                assert response.status == 200
            async with session.get(f"{process.operations}/health") as response:
                assert (await response.json())["phase"] == "starting"
            with pytest.raises(ClientConnectionError):
                await session.get(f"{process.url}/slow")
        process.popen.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.popen.wait, 10) == 0


@pytest.mark.promise("AVA-04", "SEC-02")
async def test_a_service_answers_strangers_its_readiness_and_description_only(
    service_keys: Path,
) -> None:
    with running(service_keys, SIGNED="1") as process:
        async with ClientSession() as session:
            await process.until_ready(session)
            found = {}
            for path in ("/health/ready", "/openapi.json", "/slow", "/health", "/metrics", "/no"):
                async with session.get(process.url + path) as response:
                    found[path] = response.status
            async with session.get(f"{process.operations}/metrics") as response:
                metrics = await response.text()
    assert found == {
        "/health/ready": 200,
        "/openapi.json": 200,
        **dict.fromkeys(("/slow", "/health", "/metrics", "/no"), 401),
    }
    assert 'parvis_http_requests_total{method="GET",route="/slow",status="401"} 1.0' in metrics
