"""The asyncpg pool, transactions, and the names of violated constraints."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeAlias, TypeVar

import asyncpg
import structlog
from asyncpg.pool import PoolConnectionProxy

Connection: TypeAlias = asyncpg.Connection | PoolConnectionProxy
Row = asyncpg.Record
T = TypeVar("T")

log = structlog.get_logger()

COMMAND_SECONDS = 15.0
PATIENCE_SECONDS = 30.0
RETRY_SECONDS = 0.5


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
    async def open(
        cls, url: str, *, size: int = 10, patience: float = PATIENCE_SECONDS
    ) -> "Database":
        """Open a pool of at most `size` connections; the first is made at once.

        A server that is away or starting is awaited: see `open_when_up`.
        """
        return cls(await open_when_up(lambda: _pool(url, size), patience))

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


async def open_when_up(open_: Callable[[], Awaitable[T]], patience: float = PATIENCE_SECONDS) -> T:
    """Return what `open_` opens, awaiting a server that is away or starting.

    After `patience` seconds the driver's own error is raised (OSError, asyncpg's); a wrong
    password or an unknown database is told at once.
    """
    deadline = asyncio.get_running_loop().time() + patience
    while True:
        try:
            return await open_()
        except (OSError, asyncpg.CannotConnectNowError, asyncpg.TooManyConnectionsError):
            if asyncio.get_running_loop().time() > deadline:
                raise
            log.warning("waiting for the database")
        await asyncio.sleep(RETRY_SECONDS)


async def _pool(url: str, size: int) -> asyncpg.Pool:
    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=size,
        command_timeout=COMMAND_SECONDS,
        init=_prepare_connection,
        reset=_leave_as_it_is,
    )


async def _leave_as_it_is(_connection: asyncpg.Connection) -> None:
    """Spare each return to the pool a round trip: asyncpg has ended the transaction that an
    accident may have left open, and our statements change nothing else of a session."""


def _encode_json(value: Any) -> str:
    # PgQueuer, which shares our transactions, hands over JSON that it has encoded itself
    return value if isinstance(value, str) else json.dumps(value)


async def _prepare_connection(connection: asyncpg.Connection) -> None:
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(
            kind, encoder=_encode_json, decoder=json.loads, schema="pg_catalog"
        )
