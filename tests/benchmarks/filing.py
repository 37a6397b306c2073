"""Filing, durable and with its acknowledgement queued, beside the same rows written bare."""

import json
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from uuid import UUID

import asyncpg
from environs import Env

from chassis.caller import CallerSigner, load_private_key
from chassis.clock import Clock, IdSource, hash_secret
from deploy.local.databases import address
from deploy.local.environment import Surroundings, listening, service_environment
from deploy.local.stack import Stack
from services.procedures.app import Parts, open_parts
from services.procedures.filing.service import Certification
from services.procedures.requests.model import Access
from services.procedures.requests.service import NewRequest
from services.procedures.settings import Settings
from tests.benchmarks.journey import ANSWERS
from tests.benchmarks.load import each

TOGETHER = 10
PROCEDURE = "signalement-voirie"
IDS = IdSource()
# the very rows of a filing, in tables with the same columns, checks and indexes
BARE_TABLES = """
CREATE TABLE bench_requests (LIKE requests INCLUDING ALL);
CREATE TABLE bench_events (LIKE request_events INCLUDING ALL);
CREATE TABLE bench_jobs (LIKE pgqueuer INCLUDING ALL);
CREATE TABLE bench_log (LIKE pgqueuer_log INCLUDING ALL);
"""
INSERT_BARE_DRAFTS = """
INSERT INTO bench_requests
SELECT *
FROM requests
WHERE state = 'draft'
LIMIT $1
RETURNING id
"""
UPDATE_BARE = """
UPDATE bench_requests
SET state = 'filed',
    number = $2,
    tracking_code_hash = $3,
    filed_at = now(),
    certified_at = now(),
    updated_at = now(),
    declaration_hash = $4,
    service_id = 'voirie',
    due_on = current_date + 15,
    attention_on = current_date + 15,
    retention_months = 12
WHERE id = $1
"""
INSERT_BARE_EVENT = """
INSERT INTO bench_events (request_id, position, recorded_at, kind, actor)
VALUES ($1, 2, now(), 'filed', 'person')
"""
INSERT_BARE_JOB = """
INSERT INTO bench_jobs (priority, status, entrypoint, payload)
VALUES (0, 'queued', 'acknowledge_filing', $1)
RETURNING id
"""
INSERT_BARE_LOG = """
INSERT INTO bench_log (job_id, status, priority, entrypoint)
VALUES ($1, 'queued', 0, 'acknowledge_filing')
"""


async def measure_filing(stack: Stack, count: int) -> tuple[float, float]:
    """Return filings a second through the use case, and bare transactions a second."""
    async with open_service(stack) as parts:
        drafts = [await draft(stack, parts) for _ in range(count)]
        declaration = await parts.declarations.current_declaration("fr")
        certification = Certification(True, declaration.content_hash, "fr")

        async def file(draft: tuple[UUID, Access]) -> None:
            request_id, access = draft
            await parts.filing.file_request(request_id, access, certification)

        # the bare rows are made from other drafts, begun in the same way
        for _ in range(count):
            await draft(stack, parts)
        with _still_worker(stack):
            ours = await each(drafts, file, TOGETHER)
        bare = await _bare(stack, count)
    return count / ours, count / bare


async def draft(stack: Stack, parts: Parts) -> tuple[UUID, Access]:
    """Return a draft that is complete, with what its owner shows."""
    request_id, secret = IDS.new_id(), IDS.new_secret()
    receipt = _receipt(stack, request_id)
    await parts.requests.start_request(
        NewRequest(request_id, PROCEDURE, "fr", receipt, secret, None)
    )
    access, revision = Access(hash_secret(secret)), 0
    for page, answers in ANSWERS.items():
        saved = await parts.requests.save_page(request_id, access, page, answers, revision)
        revision = saved.request.revision
    return request_id, access


def _receipt(stack: Stack, request_id: UUID) -> str:
    key = load_private_key(stack.settings.folder / "keys" / "legal.pem")
    claims = {
        "iss": "legal",
        "aud": "procedures",
        "sub": str(request_id),
        "document": "conditions-generales",
        "version": 1,
        "language": "fr",
        "content_hash": "0" * 64,
        "accepted_at": "2026-11-01T00:00:00+00:00",
        "acceptance_id": str(request_id),
    }
    return CallerSigner("legal", key, Clock()).sign(claims, "acceptance")


@asynccontextmanager
async def open_service(stack: Stack) -> AsyncIterator[Parts]:
    """Open the use cases of the service on the stack's own database."""
    around = Surroundings(
        stack.settings, secrets_of(stack), administrator(stack), stack.urls["redis"]
    )
    values = service_environment(around, "procedures") | listening(around, "procedures")
    os.environ.update(values)
    try:
        settings = Settings.read(Env(prefix="PARVIS_"))
        async with open_parts(settings, Clock()) as parts:
            yield parts
    finally:
        for name in values:
            del os.environ[name]


def secrets_of(stack: Stack) -> dict[str, str]:
    """Return the passwords and keys of a local stack."""
    found: dict[str, str] = json.loads((stack.settings.folder / "secrets.json").read_text())
    return found


def administrator(stack: Stack) -> str:
    """Return the address of the stack's PostgreSQL server."""
    return f"postgresql://127.0.0.1:{stack.settings.ports['postgres']}/postgres"


@contextmanager
def _still_worker(stack: Stack) -> Iterator[None]:
    """Hold the worker: the acknowledgements wait in the database while filings are timed."""
    pid = stack.pid("procedures-worker")
    if pid is not None:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        if pid is not None:
            os.kill(pid, signal.SIGCONT)


async def _bare(stack: Stack, count: int) -> float:
    """Return the seconds that `count` transactions with the same rows take, side by side."""
    password = secrets_of(stack)["parvis_procedures"]
    url = address(administrator(stack), "parvis_procedures", password)
    pool = await asyncpg.create_pool(url, min_size=TOGETHER, max_size=TOGETHER)
    await pool.execute(BARE_TABLES)
    ids = [row["id"] for row in await pool.fetch(INSERT_BARE_DRAFTS, count)]

    async def write(one: UUID) -> None:
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(UPDATE_BARE, one, str(one), b"x" * 32, "0" * 64)
            await connection.execute(INSERT_BARE_EVENT, one)
            job = await connection.fetchval(INSERT_BARE_JOB, str(one).encode())
            await connection.execute(INSERT_BARE_LOG, job)

    seconds = await each(ids, write, TOGETHER)
    await pool.close()
    return seconds
