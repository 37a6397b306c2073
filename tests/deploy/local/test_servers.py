"""The embedded PostgreSQL and Redis: they start as whoever we are, keep data, and stop."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest
from redis.asyncio import Redis

from deploy.local.account import unprivileged_account
from deploy.local.databases import address, ensure_databases
from deploy.local.errors import LocalError
from deploy.local.postgres import LocalPostgres
from deploy.local.redis import LocalRedis
from deploy.local.settings import REPOSITORY
from tests.deploy.processes import is_gone, until


async def _value(url: str, statement: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory):
    server = LocalPostgres(tmp_path_factory.mktemp("server") / "postgres", fsync=False)
    server.start()
    yield server
    server.stop()


async def test_it_keeps_the_data_of_postgresql_for_the_next_start(tmp_path: Path) -> None:
    first = LocalPostgres(tmp_path / "postgres")
    first.start()
    assert await _value(first.url(), "SHOW fsync") == "on"
    url = first.create_database("kept")
    await _value(url, "CREATE TABLE mark AS SELECT 42 AS answer")
    first.stop()

    second = LocalPostgres(tmp_path / "postgres")
    second.start()
    try:
        assert await _value(second.url("kept"), "SELECT answer FROM mark") == 42
    finally:
        second.stop()


async def test_it_keeps_the_data_of_redis_for_the_next_start(tmp_path: Path) -> None:
    for expected in (None, b"kept"):
        server = LocalRedis(tmp_path / "redis")
        server.start()
        async with Redis.from_url(server.url()) as client:
            assert await client.get("mark") == expected
            await client.set("mark", "kept")
        server.stop()


async def test_it_refuses_whoever_lacks_the_password(postgres: LocalPostgres) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await _value(postgres.url().replace(":local@", ":wrong@"), "SELECT 1")


async def test_it_speaks_unicode_whatever_the_locale_of_the_machine(
    postgres: LocalPostgres,
) -> None:
    assert await _value(postgres.url(), "SHOW server_encoding") == "UTF8"
    assert await _value(postgres.url(), "SELECT upper('déchèterie')") == "DÉCHÈTERIE"


async def test_it_copies_a_template_database(postgres: LocalPostgres) -> None:
    await _value(postgres.create_database("model"), "CREATE TABLE mark AS SELECT 7 AS answer")
    copy = postgres.create_database("copy", template="model")
    assert await _value(copy, "SELECT answer FROM mark") == 7
    postgres.drop_database("copy")
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await _value(copy, "SELECT 1")


async def test_it_gives_each_service_a_database_closed_to_the_others(
    postgres: LocalPostgres,
) -> None:
    passwords = {"parvis_one": "it's=one", "parvis_two": "two"}
    await ensure_databases(postgres.url(), passwords)
    await ensure_databases(postgres.url(), passwords)  # again: nothing to do

    own = address(postgres.url(), "parvis_one", "it's=one")
    assert await _value(own, "SELECT current_user || current_database()") == "parvis_one" * 2
    await _value(own, "CREATE TABLE mine (id integer)")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _value(own.removesuffix("parvis_one") + "parvis_two", "SELECT 1")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as somebody else")
def test_it_runs_postgresql_as_an_unprivileged_user_in_a_folder_of_root(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    server = LocalPostgres(closed / "postgres", fsync=False)
    server.start()
    try:
        account = unprivileged_account()
        assert account is not None
        assert Path(f"/proc/{server.pid}").stat().st_uid == account.user != 0
        # others may pass, not look
        assert stat.S_IMODE(closed.stat().st_mode) == 0o701
    finally:
        server.stop()


def test_it_says_what_postgresql_said_when_it_cannot_start(tmp_path: Path) -> None:
    server = LocalPostgres(tmp_path / "postgres", fsync=False, options=("no_such_setting=1",))
    with pytest.raises(LocalError, match="no_such_setting"):
        server.start()


def test_it_dies_with_a_killed_test_run(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from deploy.local.redis import LocalRedis\n"
        f"server = LocalRedis(Path({str(tmp_path)!r}) / 'redis'); server.start()\n"
        "print(server.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=REPOSITORY
    ) as starter:
        assert starter.stdout is not None
        pid = int(starter.stdout.readline())
        starter.send_signal(signal.SIGKILL)
    until(lambda: is_gone(pid))
