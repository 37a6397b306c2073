"""A database for each test: the migrated template of its service, cloned."""

import itertools
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import asyncpg

from tests.support import run
from tests.support.environment import REPOSITORY, service_environment
from tests.support.servers import Servers

_numbers = itertools.count(1)


@asynccontextmanager
async def cloned_database(servers: Servers, service: str, keys: Path) -> AsyncIterator[str]:
    """Lend the URL of a fresh database of `service`, as its owner; drop it at the end."""
    template = await _migrated_template(servers, service, keys)
    async with _database(servers, service, template) as url:
        yield url


@asynccontextmanager
async def empty_database(servers: Servers) -> AsyncIterator[str]:
    """Lend the URL of a fresh database without any table, as the role that owns it."""
    with run.locked("role"):
        await _ensure_role(servers, "empty")
    async with _database(servers, "empty", "template1") as url:
        yield url


@asynccontextmanager
async def _database(servers: Servers, service: str, template: str) -> AsyncIterator[str]:
    name = f"{service}_{os.getpid()}_{next(_numbers)}"
    await _administrate(
        servers, f"CREATE DATABASE {name} OWNER {_role(service)} TEMPLATE {template}"
    )
    try:
        yield _owner_url(servers, service, name)
    finally:
        await _administrate(servers, f"DROP DATABASE {name} WITH (FORCE)")


async def _administrate(servers: Servers, statement: str) -> str:
    connection = await asyncpg.connect(servers.database_url("postgres"))
    try:
        return await connection.execute(statement)
    finally:
        await connection.close()


async def _ensure_role(servers: Servers, service: str) -> None:
    role = _role(service)
    with suppress(asyncpg.DuplicateObjectError):
        await _administrate(servers, f"CREATE ROLE {role} LOGIN PASSWORD '{role}'")


def _role(service: str) -> str:
    return f"parvis_{service}"


def _owner_url(servers: Servers, service: str, name: str) -> str:
    role = _role(service)
    return f"postgresql://{role}:{role}@{servers.postgres.rpartition('@')[2]}/{name}"


async def _migrated_template(servers: Servers, service: str, keys: Path) -> str:
    """Return the name of the template database of `service`, made once for the run."""
    name = f"template_{service}"
    made = run.folder() / f"{name}.made"
    with run.locked(name):
        if not made.exists():
            await _ensure_role(servers, service)
            await _administrate(servers, f"CREATE DATABASE {name} OWNER {_role(service)}")
            _migrate(servers, service, _owner_url(servers, service, name), keys)
            made.touch()
    return name


def _migrate(servers: Servers, service: str, url: str, keys: Path) -> None:
    """Run the service's own command, as an operator would."""
    environment = service_environment(
        service, keys, database_url=url, redis_url=servers.redis_url(0)
    )
    done = subprocess.run(
        [sys.executable, "-m", f"services.{service}", "migrate"],
        cwd=REPOSITORY,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"services.{service} migrate failed:\n{done.stdout}{done.stderr}")
