"""The gateway on a real Redis, its services nowhere: sessions, forms, limits, headers, errors."""

import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from redis.asyncio import Redis

from chassis.clock import Clock
from chassis.settings import read_settings
from gateway.app import build_app
from gateway.sessions import SessionStore
from gateway.settings import Settings
from tests.support.environment import NOWHERE, service_environment

SESSION_KEY = bytes(range(32))
IDLE, ABSOLUTE = 1800, 28_800
OpenGateway = Callable[..., Awaitable["TestClient"]]  # type: ignore[type-arg]


class SetClock(Clock):
    """A clock that goes on only when it is told to."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
        self.seconds = 1000.0

    def now(self) -> datetime:
        return self.instant

    def monotonic(self) -> float:
        return self.seconds

    def pass_by(self, seconds: float) -> None:
        self.instant += timedelta(seconds=seconds)
        self.seconds += seconds


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def environment(service_keys: Path, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The variables of a gateway whose services do not answer; a test sets others over them."""
    variables = service_environment("gateway", service_keys, database_url="", redis_url=redis_url)
    variables["PARVIS_SESSION_KEY"] = base64.urlsafe_b64encode(SESSION_KEY).decode()
    for service in ("LEGAL", "IDENTITY", "PROCEDURES"):
        variables[f"PARVIS_{service}_URL"] = f"http://{NOWHERE}"
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables["PARVIS_PUBLIC_URL"]


@pytest.fixture
async def open_gateway(
    environment: str, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[OpenGateway]:
    """`client = await open_gateway(PARVIS_TRUSTED_PROXIES="127.0.0.1")`: its pages over HTTP."""
    opened: list[TestClient] = []  # type: ignore[type-arg]

    async def open_one(**variables: str) -> TestClient:  # type: ignore[type-arg]
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        client = TestClient(TestServer(build_app(read_settings(Settings.read), clock)))
        await client.start_server()
        opened.append(client)
        return client

    yield open_one
    for client in opened:
        await client.close()


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    async with Redis.from_url(redis_url) as client:
        yield client


@pytest.fixture
def store(redis: Redis, clock: SetClock) -> SessionStore:
    """The sessions, with the limits that the settings have by default."""
    return SessionStore(redis, SESSION_KEY, clock, idle_seconds=IDLE, absolute_seconds=ABSOLUTE)
