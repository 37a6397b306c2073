"""The real processes of Parvis: they start, answer their operators, and come back when killed."""

import asyncio
import os
import signal
from typing import Any

import pytest
from aiohttp import ClientSession

from deploy.local.environment import SERVICES, Surroundings, service_environment
from deploy.local.keys import keep_secrets
from deploy.local.settings import on_free_ports
from deploy.local.stack import Stack
from deploy.local.table import WITH_JOBS, parvis_table
from tests.deploy.processes import until

PROCESSES = ("gateway", *SERVICES, *(f"{service}-worker" for service in WITH_JOBS))


async def _health(stack: Stack, name: str) -> dict[str, Any]:
    async with (
        ClientSession() as session,
        session.get(f"{stack.urls[f'{name}-operations']}/health") as response,
    ):
        found: dict[str, Any] = await response.json()
        return found


@pytest.mark.promise("AVA-04")
@pytest.mark.parametrize("name", PROCESSES)
async def test_each_process_tells_its_operators_how_it_is(stack: Stack, name: str) -> None:
    health = await _health(stack, name)
    assert health["service"] == name
    assert health["status"] in {"up", "degraded"}
    assert health["version"]
    assert health["age_seconds"] >= 0
    kept = "redis" if name == "gateway" else "database"
    assert health["checks"][kept]["status"] == "up"


@pytest.mark.promise("AVA-04")
@pytest.mark.parametrize("name", PROCESSES)
async def test_each_process_has_metrics(stack: Stack, name: str) -> None:
    async with (
        ClientSession() as session,
        session.get(f"{stack.urls[f'{name}-operations']}/metrics") as response,
    ):
        assert response.status == 200
        assert "process_cpu_seconds_total" in await response.text()


async def test_the_mailbox_shows_an_empty_list_in_a_browser(stack: Stack) -> None:
    async with ClientSession() as session, session.get(stack.urls["mailbox"]) as response:
        assert response.status == 200
        assert response.content_type == "text/html"


@pytest.mark.promise("AVA-03")
@pytest.mark.faults
@pytest.mark.parametrize("name", PROCESSES)
def test_a_killed_process_comes_back_while_the_others_stay(stack: Stack, name: str) -> None:
    others = {other: stack.pid(other) for other in PROCESSES if other != name}
    stack.kill(name)
    stack.await_ready(name)
    assert stack.restarts(name) >= 1
    assert {other: stack.pid(other) for other in others} == others


@pytest.mark.promise("AVA-03")
@pytest.mark.faults
def test_the_health_of_a_process_says_which_other_one_is_away(stack: Stack) -> None:
    def legal_is(status: str) -> bool:
        health = asyncio.run(_health(stack, "gateway"))
        return bool(health["checks"]["legal"]["status"] == status)

    until(lambda: legal_is("up"))
    stack.kill("legal")
    until(lambda: legal_is("down"))
    assert asyncio.run(_health(stack, "gateway"))["status"] == "degraded"
    stack.await_ready("legal")
    until(lambda: legal_is("up"), seconds=30)


@pytest.mark.promise("AVA-04")
@pytest.mark.faults
def test_the_health_of_the_gateway_says_that_redis_is_silent(stack: Stack) -> None:
    def redis_is(status: str) -> bool:
        health = asyncio.run(_health(stack, "gateway"))
        return bool(health["checks"]["redis"]["status"] == status)

    pid = stack.pid("redis")
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        until(lambda: redis_is("down"))
        assert asyncio.run(_health(stack, "gateway"))["status"] == "down"
    finally:
        os.kill(pid, signal.SIGCONT)
    until(lambda: redis_is("up"))


@pytest.fixture
def around(tmp_path_factory: pytest.TempPathFactory) -> Surroundings:
    folder = tmp_path_factory.mktemp("around")
    secrets = keep_secrets(folder)
    server = "postgresql://postgres@127.0.0.1:1/postgres"
    return Surroundings(on_free_ports(folder), secrets, server, "redis://127.0.0.1:2/0")


def test_each_service_has_a_database_and_keys_of_its_own(around: Surroundings) -> None:
    environments = [service_environment(around, service) for service in SERVICES]
    for name in ("PARVIS_DATABASE_URL", "PARVIS_MASTER_KEY", "PARVIS_PRIVATE_KEY_FILE"):
        values = [found[name] for found in environments if name in found]
        assert len(values) == len(set(values)) >= 2


def test_only_the_gateway_has_the_key_of_the_sessions(around: Surroundings) -> None:
    holders = {
        spec.name for spec in parvis_table(around) if "PARVIS_SESSION_KEY" in spec.environment
    }
    assert holders == {"gateway"}
    gateway = next(spec for spec in parvis_table(around) if spec.name == "gateway")
    assert not {"PARVIS_DATABASE_URL", "PARVIS_MASTER_KEY"} & set(gateway.environment)


def test_no_secret_stands_on_a_command_line_or_in_a_repr(around: Surroundings) -> None:
    for spec in parvis_table(around):
        assert not [word for word in spec.command if word in around.secrets.values()]
    shown = repr([around, *parvis_table(around)])
    assert not [secret for secret in around.secrets.values() if secret in shown]
