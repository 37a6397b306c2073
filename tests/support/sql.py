"""The SQL statements of a source tree, and whether a migrated database can prepare them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import asyncpg

STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH|LOCK|NOTIFY)\b\s+\S")
_SQL_INSIDE = re.compile(r"\$1|\b(FROM|INTO|SET)\b")
_PREPARABLE = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")


@dataclass(frozen=True)
class Statement:
    """A module-level constant that holds SQL: `place` is its file and name."""

    place: str
    text: str


def statements_in(path: Path, shown: str) -> list[Statement]:
    """Return the SQL constants of a module, as they are once it is imported."""
    module = _load(path)
    names = [name for name in _assigned_names(path) if isinstance(getattr(module, name), str)]
    found = [Statement(f"{shown} {name}", getattr(module, name)) for name in names]
    return [statement for statement in found if STATEMENT.match(statement.text)]


def buried_statements(path: Path, shown: str) -> Iterator[str]:
    """Yield a line for each SQL text inside a function, where no check would find it."""
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Constant) and _is_sql(node.value):
                    yield f"{shown}:{node.lineno}: SQL inside {function.name}: make it a constant."


def _is_sql(value: object) -> bool:
    return isinstance(value, str) and bool(STATEMENT.match(value) and _SQL_INSIDE.search(value))


async def preparation_faults(
    connection: asyncpg.Connection, statements: list[Statement]
) -> list[str]:
    """Return a line for each statement that the database refuses to prepare."""
    faults = []
    for statement in statements:
        if not _PREPARABLE.match(statement.text):
            continue
        try:
            await connection.prepare(statement.text)
        except asyncpg.PostgresError as error:
            faults.append(f"{statement.place}: {error}")
    return faults


def _load(path: Path) -> object:
    spec = spec_from_file_location(f"sql_of_{abs(hash(path))}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _assigned_names(path: Path) -> Iterator[str]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            targets = [node.target]
        yield from (target.id for target in targets if isinstance(target, ast.Name))
