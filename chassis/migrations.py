"""Forward-only migrations: plain SQL files applied by pogo-migrate, one process at a time."""

from pathlib import Path

import asyncpg
from pgqueuer.queries import Queries
from pogo_core.util import migrate as pogo

from chassis.audit import AUDIT_TABLES
from chassis.database import open_when_up

LOCK = 0x5041525649534D47  # "PARVISMG": one migrator at a time

LOCK_SECONDS = 10


async def migrate(url: str, folder: Path, *, jobs: bool = False, audit: bool = False) -> None:
    """Bring the database at `url` to the state that the SQL files of `folder` describe.

    `jobs` adds PgQueuer's tables, `audit` the chassis's audit trail. Safe to repeat and to run
    from several processes at once.
    """
    connection = await open_when_up(lambda: asyncpg.connect(url))
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", LOCK)
        # a change that waits for a table makes everybody wait behind it: better to give up
        await connection.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
        if jobs:
            await _install_jobs(connection)
        if audit:
            await connection.execute(AUDIT_TABLES)
        await pogo.apply(connection, folder, schema_name="public")
    finally:
        await connection.close()


async def _install_jobs(connection: asyncpg.Connection) -> None:
    queries = Queries.from_asyncpg_connection(connection)
    if await queries.schema_is_installed():
        await queries.upgrade()
    else:
        await queries.install()
