"""Commands of the identity service, as an operator runs them."""

import asyncio
from uuid import uuid4

from chassis.jobs import enqueue_job
from services.identity.assembly import Parts
from services.identity.recoveries.service import RECOVER
from tests.services.identity.data_rights.test_erasure import run_command

HOLD = "UPDATE pgqueuer SET status = 'failed'"
COUNT_WAITING = "SELECT count(*) FROM pgqueuer WHERE status = 'queued'"


async def test_the_jobs_that_were_given_up_are_asked_for_again(
    parts: Parts, identity_environment: dict[str, str]
) -> None:
    async with parts.database.transaction() as connection:
        for _ in range(2):
            await enqueue_job(connection, RECOVER, {"sealed": str(uuid4())})
        await connection.execute(HOLD)
    for expected in ("asked again: 2", "asked again: 0"):
        done = await asyncio.to_thread(run_command, "requeue", identity_environment)
        assert (done.returncode, done.stdout.strip()) == (0, expected), done.stderr
    async with parts.database.connection() as connection:
        assert await connection.fetchval(COUNT_WAITING) == 2
