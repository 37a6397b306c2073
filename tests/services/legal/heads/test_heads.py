"""The head of each day: published once, signed, chained; a rewritten trail is found by it."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from chassis.audit import GENESIS, AuditFault, entry_hash
from chassis.caller import SignatureChecker
from chassis.database import Database
from services.legal.app import Parts
from services.legal.evidence import verify_evidence
from services.legal.heads.kept_copy import CopyUnreadable, read_kept_heads
from tests.services.legal.conftest import Callers, SetClock, version
from tests.services.legal.test_evidence import FREE, command

NEXT = "UPDATE audit_entries SET detail = $2, previous_hash = $3, hash = $4 WHERE position = $1"


@pytest.fixture
async def three_days(callers: Callers, published: object, parts: Parts, clock: SetClock) -> None:
    """Two acceptances a day for three days, each day's head published: positions 4, 6, 8."""
    for _ in range(3):
        for _ in range(2):
            assert (await callers.accept(uuid4(), version())).status == 201
        await parts.heads.publish_head()
        clock.instant += timedelta(days=1)


async def rewrite(connection: asyncpg.Connection, position: int, page: str) -> None:
    """What an administrator does: change an acceptance, then make the whole chain right again."""
    await connection.execute(FREE)
    await connection.execute(
        "UPDATE acceptances SET page = $2 WHERE audit_position = $1", position, page
    )
    previous = GENESIS
    for row in await connection.fetch("SELECT * FROM audit_entries ORDER BY position"):
        detail = dict(row["detail"])
        if row["position"] == position:
            detail["page"] = page
        facts = (row["recorded_at"], row["actor"], row["action"], row["subject"])
        digest = entry_hash(previous, row["position"], *facts, detail)
        await connection.execute(NEXT, row["position"], detail, previous, digest)
        previous = digest


async def faults(database: Database, checker: SignatureChecker, *kept: Any) -> list[AuditFault]:
    return (await verify_evidence(database, checker, *kept)).faults


@pytest.mark.promise("LEG-04")
async def test_a_day_has_one_head_that_anybody_can_check(
    callers: Callers, published: object, parts: Parts, checker: SignatureChecker, clock: SetClock
) -> None:
    found = await asyncio.gather(*(parts.heads.publish_head() for _ in range(8)))
    assert sum(new for _head, new in found) == 1
    assert len({head.proof for head, _new in found}) == 1
    answer = await (await callers.get("/evidence/heads")).json()
    (head,) = answer["heads"]
    assert (head["day"], head["position"]) == (clock.instant.date().isoformat(), 2)
    claims = checker.claims(head["proof"], "evidence-head")
    assert (claims["hash"], claims["previous"]) == (head["hash"], "")


async def test_heads_are_listed_by_pages(callers: Callers, three_days: None) -> None:
    first = await (await callers.get("/evidence/heads?limit=2")).json()
    rest = await (
        await callers.get(f"/evidence/heads?limit=2&before={first['next_before']}")
    ).json()
    assert [one["position"] for one in first["heads"] + rest["heads"]] == [8, 6, 4]
    assert rest["next_before"] is None


@pytest.mark.promise("LEG-04")
async def test_a_chain_rewritten_as_a_whole_is_found_with_its_place(
    database: Database, three_days: None, checker: SignatureChecker
) -> None:
    assert await faults(database, checker) == []
    async with database.connection() as connection:
        await rewrite(connection, 6, "/ailleurs")
    # the chain itself holds again: only the heads tell
    found = await faults(database, checker)
    assert [one.position for one in found] == [5, 5]
    assert found[0].reason == "entries 5 to 6 are not those of the head of 2026-11-25"


@pytest.mark.promise("LEG-04")
@pytest.mark.parametrize(
    ("statement", "position", "reason"),
    [
        # the head made to fit: its signature is not
        (
            "UPDATE published_heads SET hash = (SELECT hash FROM audit_entries WHERE position = 6)"
            " WHERE position = 6",
            6,
            "the head of 2026-11-25 is not the one signed",
        ),
        (
            "DELETE FROM published_heads WHERE position = 4",
            6,
            "a head published before 2026-11-25 is missing",
        ),
    ],
)
async def test_heads_made_to_fit_or_taken_away_are_found(
    database: Database,
    three_days: None,
    checker: SignatureChecker,
    statement: str,
    position: int,
    reason: str,
) -> None:
    async with database.connection() as connection:
        await rewrite(connection, 6, "/ailleurs")
        await connection.execute(statement)
    found = [(one.position, one.reason) for one in await faults(database, checker)]
    assert (position, reason) in found


@pytest.mark.promise("LEG-04")
async def test_the_last_entries_taken_away_are_found(
    database: Database, three_days: None, checker: SignatureChecker
) -> None:
    async with database.connection() as connection:
        await connection.execute(
            FREE + "DELETE FROM acceptances WHERE audit_position > 6;"
            "DELETE FROM audit_entries WHERE position > 6"
        )
    (fault,) = await faults(database, checker)
    assert (fault.position, fault.reason) == (
        7,
        "entries 7 to 8 are missing: the head of 2026-11-26 had them",
    )


@pytest.mark.promise("LEG-04")
async def test_a_copy_kept_elsewhere_finds_what_signatures_cannot(
    callers: Callers,
    database: Database,
    three_days: None,
    checker: SignatureChecker,
    tmp_path: Path,
    legal_environment: dict[str, str],
) -> None:
    copy = tmp_path / "heads.json"
    copy.write_text(await (await callers.get("/evidence/heads")).text())
    assert await faults(database, checker, read_kept_heads(copy)) == []
    async with database.connection() as connection:
        await rewrite(connection, 8, "/ailleurs")
        await connection.execute("DELETE FROM published_heads WHERE position = 8")
    assert await faults(database, checker) == []
    environment = {**legal_environment, "PARVIS_KNOWN_HEADS_FILE": str(copy)}
    told = command(environment, "verify-audit")
    assert told.returncode == 1
    assert "fault at 8: the head of 2026-11-26 is not the one kept" in told.stdout
    assert "fault at 7: entries 7 to 8 are not those of the head of 2026-11-26" in told.stdout
    copy.write_text('{"heads": 1}')
    with pytest.raises(CopyUnreadable):
        read_kept_heads(copy)
    assert command(environment, "verify-audit").returncode == 2


@pytest.mark.promise("LEG-04")
async def test_a_command_publishes_the_head_of_today_once(
    published: object, database: Database, legal_environment: dict[str, str]
) -> None:
    printed = [json.loads(command(legal_environment, "publish-head").stdout) for _ in range(2)]
    assert printed[0] == printed[1]
    assert printed[0]["position"] == 2
    assert abs(datetime.fromisoformat(printed[0]["published_at"]) - datetime.now(UTC)) < timedelta(
        minutes=5
    )
    async with database.connection() as connection:
        with pytest.raises(asyncpg.RaiseError, match="append-only"):
            await connection.execute("DELETE FROM published_heads")
