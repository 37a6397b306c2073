"""chassis.jobs on the real database"""

import asyncio
from typing import Any

from chassis.database import Database
from chassis.jobs import JobWorker, enqueue_job, open_job_pool, run_until
from chassis.migrations import migrate


async def test_a_job_lives_and_dies_with_its_transaction(
    empty_database_url: str, tmp_path: Any
) -> None:
    await migrate(empty_database_url, tmp_path, jobs=True)
    await migrate(empty_database_url, tmp_path, jobs=True)
    database = await Database.open(empty_database_url)
    done: list[int] = []
    stopped = asyncio.Event()

    async def note(payload: dict[str, Any]) -> None:
        done.append(payload["number"])
        if len(done) == 1:
            raise RuntimeError("the first try fails")
        stopped.set()

    async with database.transaction() as connection:
        await enqueue_job(connection, "note", {"number": 1})
    try:
        async with database.transaction() as connection:
            await enqueue_job(connection, "note", {"number": 2})
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    pool = await open_job_pool(empty_database_url)
    try:
        async with asyncio.timeout(30):
            await run_until(JobWorker(pool, {"note": note}), stopped)
    finally:
        await pool.close()
        await database.close()
    assert done == [1, 1], "tried again after its failure; the rolled-back one never ran"
