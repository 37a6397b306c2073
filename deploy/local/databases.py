"""Each service's own database and role, on our PostgreSQL or on the operator's."""

from collections.abc import Mapping
from urllib.parse import quote, urlsplit

import asyncpg

from deploy.local.errors import LocalError

# an unknown role may not even connect: each service sees its own data only
_CREATE_ROLE = "CREATE ROLE %I LOGIN"
_SET_PASSWORD = "ALTER ROLE %I PASSWORD %L"  # noqa: S105 - a statement
_JOIN_ROLE = "GRANT %I TO CURRENT_USER"
_CREATE_DATABASE = "CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING 'UTF8'"
_QUOTE = "SELECT format($1, VARIADIC $2::text[])"
_CLOSE_TO_OTHERS = "REVOKE ALL ON DATABASE %I FROM PUBLIC"


def address(administrator_url: str, database: str, password: str) -> str:
    """Return the URL of `database` as its owner, a role of the same name."""
    parts = urlsplit(administrator_url)
    server = parts.netloc.rpartition("@")[2]
    return parts._replace(
        netloc=f"{quote(database)}:{quote(password, safe='')}@{server}", path=f"/{database}"
    ).geturl()


async def ensure_databases(administrator_url: str, passwords: Mapping[str, str]) -> None:
    """Create each database of `passwords` (name -> its role's password) unless it is there."""
    try:
        connection = await asyncpg.connect(administrator_url, timeout=10)
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise LocalError(f"PostgreSQL cannot be reached as administrator: {error}") from None
    try:
        for name, password in passwords.items():
            await _ensure(connection, name, password)
    except asyncpg.PostgresError as error:
        raise LocalError(f"PostgreSQL refused to make the databases: {error}") from None
    finally:
        await connection.close()


async def _ensure(connection: asyncpg.Connection, name: str, password: str) -> None:
    if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", name):
        await _run(connection, _CREATE_ROLE, name)
    await _run(connection, _SET_PASSWORD, name, password)
    if await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
        return
    if await connection.fetchval("SELECT current_setting('is_superuser')") != "on":
        await _run(connection, _JOIN_ROLE, name)  # only members may give a database to a role
    await _run(connection, _CREATE_DATABASE, name, name)
    await _run(connection, _CLOSE_TO_OTHERS, name)


async def _run(connection: asyncpg.Connection, statement: str, *words: str) -> None:
    # PostgreSQL itself quotes names and passwords: these statements take no parameter
    quoted = await connection.fetchval(_QUOTE, statement, list(words))
    await connection.execute(quoted)
