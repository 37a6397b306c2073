"""Every SQL statement fits the schema that the migrations make."""

import shutil
from pathlib import Path

import asyncpg
import pytest

from tests.support.environment import REPOSITORY
from tests.support.sql import (
    Statement,
    buried_statements,
    preparation_faults,
    statements_in,
)

SERVICES = ("identity", "legal", "procedures")
PLANTED = 'SELECT_PLANTED = "SELECT no_such_column FROM procedures WHERE id = $1"\n'


@pytest.fixture
def database_url(request: pytest.FixtureRequest, service: str) -> str:
    url: str = request.getfixturevalue(f"{service}_database_url")
    return url


def modules_of(service: str) -> list[tuple[Path, str]]:
    paths = sorted((REPOSITORY / "services" / service).rglob("*.py"))
    return [
        (path, path.relative_to(REPOSITORY).as_posix())
        for path in paths
        if path.name != "__main__.py"
    ]


def statements_of(service: str) -> list[Statement]:
    return [
        statement
        for path, shown in modules_of(service)
        if shown.endswith("repository.py")
        for statement in statements_in(path, shown)
    ]


@pytest.mark.parametrize("service", SERVICES)
async def test_it_prepares_every_statement(service: str, database_url: str) -> None:
    statements = statements_of(service)
    assert statements, f"services/{service} has no SQL constant in its repositories"
    connection = await asyncpg.connect(database_url)
    try:
        assert await preparation_faults(connection, statements) == []
    finally:
        await connection.close()


@pytest.mark.parametrize("service", SERVICES)
def test_it_finds_no_statement_where_no_check_looks(service: str) -> None:
    faults = [
        fault for path, shown in modules_of(service) for fault in buried_statements(path, shown)
    ]
    assert faults == []


async def test_it_names_a_column_that_does_not_exist(
    procedures_database_url: str, tmp_path: Path
) -> None:
    planted = tmp_path / "repository.py"
    shutil.copy(REPOSITORY / "services/procedures/requests/repository.py", planted)
    planted.write_text(planted.read_text() + PLANTED)
    connection = await asyncpg.connect(procedures_database_url)
    try:
        faults = await preparation_faults(connection, statements_in(planted, "repository.py"))
    finally:
        await connection.close()
    assert faults == ['repository.py SELECT_PLANTED: column "no_such_column" does not exist']


def test_it_finds_a_statement_inside_a_function(tmp_path: Path) -> None:
    planted = tmp_path / "service.py"
    planted.write_text('def read(c):\n    return c.fetch("SELECT id FROM requests")\n')
    assert list(buried_statements(planted, "service.py")) == [
        "service.py:2: SQL inside read: make it a constant."
    ]
