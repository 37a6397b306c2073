"""chassis.audit on the real database"""

import asyncio
from datetime import UTC, datetime

import asyncpg
import pytest

from chassis.audit import AUDIT_TABLES, append_audit, verify_audit
from chassis.database import Database

AT = datetime(2026, 11, 24, 9, 0, 0, 123456, tzinfo=UTC)


async def _append(database: Database, number: int) -> None:
    async with database.transaction() as connection:
        await append_audit(
            connection,
            at=AT,
            actor="gateway",
            action="accepted",
            subject=f"s-{number}",
            detail={"é": number},
        )


async def _filled(url: str) -> Database:
    database = await Database.open(url)
    async with database.connection() as connection:
        await connection.execute(AUDIT_TABLES)
    await asyncio.gather(*(_append(database, number) for number in range(30)))
    return database


async def test_it_chains_concurrent_entries_without_a_gap(empty_database_url: str) -> None:
    database = await _filled(empty_database_url)
    async with database.connection() as connection:
        report = await verify_audit(connection)
    await database.close()
    assert (report.entries, report.faults) == (30, [])


async def test_it_refuses_to_change_or_remove_an_entry(empty_database_url: str) -> None:
    database = await _filled(empty_database_url)
    async with database.connection() as connection:
        for statement in ("UPDATE audit_entries SET actor = 'x'", "DELETE FROM audit_entries"):
            with pytest.raises(asyncpg.RaiseError):
                await connection.execute(statement)
    await database.close()


@pytest.mark.parametrize(
    ("tamper", "position"),
    [
        ("UPDATE audit_entries SET actor = 'x' WHERE position = 12", 12),
        ("DELETE FROM audit_entries WHERE position = 7", 7),
        ("UPDATE audit_entries SET recorded_at = now() WHERE position = 30", 30),
        (
            "UPDATE audit_entries SET position = CASE position WHEN 4 THEN 105 WHEN 5 THEN 104 END"
            " WHERE position IN (4, 5);"
            "UPDATE audit_entries SET position = position - 100 WHERE position > 100",
            4,
        ),
    ],
    ids=["content", "deletion", "time", "order"],
)
async def test_it_finds_what_an_administrator_tampered_with(
    empty_database_url: str, tamper: str, position: int
) -> None:
    database = await _filled(empty_database_url)
    async with database.connection() as connection:
        await connection.execute("ALTER TABLE audit_entries DISABLE TRIGGER ALL")
        await connection.execute(tamper)
        report = await verify_audit(connection)
    await database.close()
    assert report.faults[0].position == position
