"""The asyncpg pool, transactions, and the names of violated constraints."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

Connection: TypeAlias = asyncpg.Connection | PoolConnectionProxy
Row = asyncpg.Record

COMMAND_SECONDS = 15.0


class ConstraintViolated(Exception):
    """A statement broke a named constraint (`name`): the repository says what that means."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Database:
    """A service's own database."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    @classmethod
    async def open(cls, url: str, *, size: int = 10) -> "Database":
        """Open a pool of at most `size` connections; the first is made at once to fail early."""
        pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=size,
            command_timeout=COMMAND_SECONDS,
            init=_prepare_connection,
        )
        return cls(pool)

    async def close(self) -> None:
        """Wait for the statements under way, then close every connection."""
        await self._pool.close()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Lend a connection for reads."""
        async with self._pool.acquire(timeout=COMMAND_SECONDS) as connection:
            yield connection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """Lend a connection within one transaction: all is kept, or nothing."""
        async with self.connection() as connection, connection.transaction():
            yield connection

    async def check(self) -> Mapping[str, Any]:
        """Health check: one trivial round trip."""
        async with self.connection() as connection:
            await connection.fetchval("SELECT 1")
        return {"connections": self._pool.get_size(), "idle": self._pool.get_idle_size()}


@asynccontextmanager
async def naming_constraints() -> AsyncIterator[None]:
    """Turn asyncpg's integrity errors into `ConstraintViolated`, for repositories."""
    try:
        yield
    except asyncpg.IntegrityConstraintViolationError as error:
        raise ConstraintViolated(error.constraint_name or "") from error


def _encode_json(value: Any) -> str:
    # PgQueuer, which shares our transactions, hands over JSON that it has encoded itself
    return value if isinstance(value, str) else json.dumps(value)


async def _prepare_connection(connection: asyncpg.Connection) -> None:
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(
            kind, encoder=_encode_json, decoder=json.loads, schema="pg_catalog"
        )
