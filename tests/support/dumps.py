"""Dumps of a running stack's databases, made and restored by PostgreSQL's own programs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from deploy.local.databases import address
from deploy.local.environment import Surroundings
from deploy.local.keys import keep_secrets
from deploy.local.postgres import LocalPostgres
from deploy.local.redis import LocalRedis
from deploy.local.stack import Stack
from deploy.local.wheels import postgres_programs


def surroundings(stack: Stack) -> Surroundings:
    """Return what the processes of the stack were built from."""
    settings = stack.settings
    secrets = keep_secrets(settings.folder)
    redis = LocalRedis(
        settings.folder / "redis", settings.ports["redis"], password=secrets["redis"]
    )
    return Surroundings(settings, secrets, _postgres(stack).url(), redis.url())


async def dump(stack: Stack, service: str) -> bytes:
    """Return the dump (SQL) of a service's database, as its owner makes it."""
    name = f"parvis_{service}"
    url = address(_postgres(stack).url(), name, keep_secrets(stack.settings.folder)[name])
    return await _run("pg_dump", "--no-owner", f"--dbname={url}")


@asynccontextmanager
async def restored(stack: Stack, service: str, dumped: bytes) -> AsyncIterator[str]:
    """Restore a dump into a database of its own; give its URL, as the service's owner."""
    owner, name = f"parvis_{service}", f"restored_{service}"
    administrator = await asyncpg.connect(_postgres(stack).url())
    try:
        await administrator.execute(f"CREATE DATABASE {name} OWNER {owner} TEMPLATE template0")
        try:
            password = keep_secrets(stack.settings.folder)[owner]
            url = address(_postgres(stack).url(), owner, password).removesuffix(owner) + name
            await _run("psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={url}", given=dumped)
            yield url
        finally:
            await administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await administrator.close()


def _postgres(stack: Stack) -> LocalPostgres:
    settings = stack.settings
    password = keep_secrets(settings.folder)["postgres"]
    return LocalPostgres(
        settings.folder / "postgres", settings.ports["postgres"], password=password
    )


async def _run(program: str, *arguments: str, given: bytes = b"") -> bytes:
    process = await asyncio.create_subprocess_exec(
        str(postgres_programs() / program),
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate(given)
    assert process.returncode == 0, errors.decode()
    return output
