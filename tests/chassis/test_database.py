"""chassis.database and chassis.migrations on a real PostgreSQL"""

import asyncio
from pathlib import Path

import asyncpg
import pytest
from pogo_core.error import BadMigrationError

from chassis.clock import Clock
from chassis.database import ConstraintViolated, Database, naming_constraints
from chassis.health import Health
from chassis.migrations import migrate
from deploy.local.ports import free_port
from deploy.local.postgres import LocalPostgres

SQL = """-- the things
-- depends:

-- migrate: apply
CREATE TABLE things (name text CONSTRAINT uq__things__name UNIQUE);

-- migrate: rollback
DROP TABLE things;
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "0001_things.sql").write_text(SQL)
    return tmp_path


async def test_migrations_run_once_whoever_starts_them(
    empty_database_url: str, folder: Path
) -> None:
    await asyncio.gather(*(migrate(empty_database_url, folder, audit=True) for _ in range(4)))
    database = await Database.open(empty_database_url, size=1)
    async with database.transaction() as connection:
        await connection.execute("INSERT INTO things (name) VALUES ('one')")
    with pytest.raises(ConstraintViolated) as raised:
        async with naming_constraints(), database.transaction() as connection:
            await connection.execute("INSERT INTO things (name) VALUES ('two'), ('one')")
    assert raised.value.name == "uq__things__name"
    async with database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM things") == 1
    assert (await database.check())["connections"] == 1
    await database.close()


async def test_a_migration_gives_up_rather_than_make_everybody_wait(
    empty_database_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chassis.migrations.LOCK_SECONDS", 1)
    await migrate(empty_database_url, folder)
    change = SQL.replace("depends:", "depends: 0001_things")
    apply = "ALTER TABLE things ADD COLUMN more text;"
    create = "CREATE TABLE things (name text CONSTRAINT uq__things__name UNIQUE);"
    change = change.replace(create, apply).replace("DROP TABLE things;", "")
    (folder / "0002_more.sql").write_text(change)
    reader = await asyncpg.connect(empty_database_url)
    async with reader.transaction():
        await reader.execute("SELECT * FROM things")
        with pytest.raises(BadMigrationError) as raised:
            await migrate(empty_database_url, folder)
    assert isinstance(raised.value.__cause__, asyncpg.LockNotAvailableError)
    await reader.close()
    await migrate(empty_database_url, folder)


@pytest.mark.promise("AVA-01")
async def test_it_awaits_a_database_that_is_starting(tmp_path: Path) -> None:
    postgres = LocalPostgres(tmp_path / "late", fsync=False)
    opening = asyncio.ensure_future(Database.open(postgres.url(), size=1))
    try:
        await asyncio.to_thread(postgres.start)
        database = await opening
        await database.check()
        await database.close()
    finally:
        await asyncio.to_thread(postgres.stop)


@pytest.mark.promise("AVA-04")
async def test_the_health_tells_a_database_that_goes_and_comes_back(tmp_path: Path) -> None:
    postgres = LocalPostgres(tmp_path / "lost", fsync=False)
    await asyncio.to_thread(postgres.start)
    try:
        database = await Database.open(postgres.url(), size=2)
        health = Health("legal", Clock(), essential={"database": database.check})
        assert (await health.detail())["status"] == "up"
        await asyncio.to_thread(postgres.stop)
        lost = await health.detail()
        assert lost["status"] == "down"
        assert lost["checks"]["database"]["status"] == "down"
        assert lost["checks"]["database"]["reason"]
        await asyncio.to_thread(postgres.start)
        assert (await health.detail())["status"] == "up", "the pool connects again by itself"
        await database.close()
    finally:
        await asyncio.to_thread(postgres.stop)


async def test_it_tells_at_last_that_there_is_none() -> None:
    with pytest.raises(OSError, match="Connect call failed"):
        await Database.open(f"postgresql://a@127.0.0.1:{free_port()}/a", patience=0)


async def test_a_wrong_password_is_told_at_once(empty_database_url: str) -> None:
    wrong = empty_database_url.replace(":parvis_empty@", ":wrong@")
    assert wrong != empty_database_url
    async with asyncio.timeout(10):
        with pytest.raises(asyncpg.InvalidPasswordError):
            await Database.open(wrong)
