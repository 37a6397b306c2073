"""What was published and accepted cannot be altered unseen (LEG-04)."""

import os
import subprocess
import sys
from uuid import uuid4

import asyncpg
import pytest

from chassis.caller import SignatureChecker
from chassis.database import Database
from services.legal.evidence import verify_evidence
from tests.services.legal.conftest import Callers, version
from tests.support.environment import REPOSITORY

TABLES = ("audit_entries", "document_versions", "document_texts", "acceptances", "published_heads")
# an administrator of the database is not stopped by triggers
FREE = ";".join(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES) + ";"
TEXT_1 = "the text conditions-generales/v1 is not the one published"
# what somebody with the database's password does -> the position and the reason told
TAMPERINGS = [
    ("UPDATE document_texts SET markdown = 'x' WHERE language = 'fr'", 1, TEXT_1),
    ("UPDATE document_texts SET html = '<p>x</p>' WHERE language = 'en'", 1, TEXT_1),
    ("UPDATE document_texts SET content_hash = repeat('0', 64)", 1, TEXT_1),
    ("UPDATE document_texts SET summary = 'x'", 1, TEXT_1),
    ("UPDATE document_versions SET effective_from = now()", 1, TEXT_1),
    ("UPDATE document_versions SET change = 'editorial' WHERE version = 1", 1, TEXT_1),
    (
        "DELETE FROM document_texts WHERE slug = 'cookies';"
        "DELETE FROM document_versions WHERE slug = 'cookies'",
        2,
        "the published text cookies/v1 is missing",
    ),
    (
        "UPDATE acceptances SET subject_id = gen_random_uuid() WHERE audit_position = 4",
        4,
        "the acceptance is not the one recorded",
    ),
    (
        "UPDATE acceptances SET accepted_at = now() WHERE audit_position = 3",
        3,
        "the acceptance is not the one recorded",
    ),
    (
        "UPDATE acceptances SET content_hash = repeat('0', 64) WHERE audit_position = 3",
        3,
        "the acceptance is not the one recorded",
    ),
    (
        "DELETE FROM acceptances WHERE audit_position = 5",
        5,
        "the acceptance recorded here is missing",
    ),
    (
        "INSERT INTO acceptances SELECT gen_random_uuid(), subject_kind, gen_random_uuid(),"
        " document, version, language, content_hash, page, accepted_at, 99"
        " FROM acceptances WHERE audit_position = 3",
        99,
        "an acceptance points here and was not recorded",
    ),
    (
        "UPDATE audit_entries SET recorded_at = now() WHERE position = 4",
        4,
        "content was altered",
    ),
    (
        "DELETE FROM audit_entries WHERE position = 4",
        4,
        "entries 4 to 4 are missing",
    ),
]


@pytest.fixture
async def acceptances(callers: Callers, published: object) -> None:
    """Three acceptances, at positions 3 to 5 of the trail."""
    for _ in range(3):
        assert (await callers.accept(uuid4(), version())).status == 201


@pytest.mark.promise("LEG-04")
@pytest.mark.parametrize(("statements", "position", "reason"), TAMPERINGS)
async def test_it_finds_where_something_was_altered(
    database: Database,
    acceptances: None,
    checker: SignatureChecker,
    statements: str,
    position: int,
    reason: str,
) -> None:
    sound = await verify_evidence(database, checker)
    assert (sound.entries, sound.faults) == (5, [])
    async with database.connection() as connection:
        await connection.execute(FREE + statements)
    faults = (await verify_evidence(database, checker)).faults
    assert (position, reason) in {(fault.position, fault.reason) for fault in faults}


@pytest.mark.promise("LEG-04")
async def test_a_command_tells_it(
    database: Database,
    acceptances: None,
    checker: SignatureChecker,
    legal_environment: dict[str, str],
) -> None:
    before = command(legal_environment, "verify-audit")
    assert before.returncode == 0, before.stderr
    head = (await verify_evidence(database, checker)).head
    assert before.stdout == f"entries 5\nhead {head}\n"
    async with database.connection() as connection:
        await connection.execute(FREE + "DELETE FROM acceptances WHERE audit_position = 4")
    after = command(legal_environment, "verify-audit")
    assert after.returncode == 1
    assert "fault at 4: the acceptance recorded here is missing" in after.stdout


async def test_the_trail_itself_refuses_changes(database: Database, acceptances: None) -> None:
    async with database.connection() as connection:
        with pytest.raises(asyncpg.RaiseError, match="append-only"):
            await connection.execute("DELETE FROM audit_entries")


def command(environment: dict[str, str], name: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "services.legal", name],
        cwd=REPOSITORY,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
