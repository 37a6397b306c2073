"""chassis.jobs on the real database"""

import asyncio
from typing import Any

import pytest

from chassis.database import Database
from chassis.jobs import (
    JobWorker,
    enqueue_job,
    open_job_pool,
    requeue_held_jobs,
    retry_seconds,
    run_until,
)
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


@pytest.mark.promise("REQ-04", "DAT-05")
async def test_a_job_that_always_fails_is_held_counted_and_asked_for_again(
    empty_database_url: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chassis.jobs.MAX_ATTEMPTS", 0)
    await migrate(empty_database_url, tmp_path, jobs=True)
    database = await Database.open(empty_database_url, size=2)
    pool = await open_job_pool(empty_database_url)
    tried, stopped = asyncio.Event(), asyncio.Event()

    async def refuse(_payload: dict[str, Any]) -> None:
        tried.set()
        raise ValueError("no mailbox camille@example.org")

    async def accept(_payload: dict[str, Any]) -> None:
        stopped.set()

    try:
        async with asyncio.timeout(60):
            async with database.transaction() as connection:
                await enqueue_job(connection, "mail", {"number": 1})
            worker = JobWorker(pool, {"mail": refuse})
            assert await worker.check() == {"waiting": 1, "under_way": 0, "held": 0}
            await run_until(worker, tried)
            assert await worker.check() == {"waiting": 0, "under_way": 0, "held": 1}
            async with database.connection() as connection:
                kept = await connection.fetch("SELECT l::text FROM pgqueuer_log AS l")
                assert "camille" not in str(kept)
                assert await requeue_held_jobs(connection) == 1
                assert await requeue_held_jobs(connection) == 0
            await run_until(JobWorker(pool, {"mail": accept}), stopped)
            assert await worker.check() == {"waiting": 0, "under_way": 0, "held": 0}
    finally:
        await pool.close()
        await database.close()


def test_it_waits_longer_after_each_failure_up_to_a_quarter_of_an_hour() -> None:
    for attempts, longest in ((0, 1), (3, 8), (9, 512), (10, 900), (299, 900)):
        assert longest / 2 <= retry_seconds(attempts) <= longest
