"""Accidents at a chosen point of a use case: where it waits is where another process can die."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator
from functools import partial
from typing import Any

import asyncpg

TERMINATE_ALL = """
SELECT pg_terminate_backend(pid)
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


Strike = Callable[["asyncio.Future[Any]"], Awaitable[None]]


class Accident:
    """Awaits `work`; at its `at`-th wait, `strike` comes first. `struck` says whether it came."""

    def __init__(self, work: Coroutine[Any, Any, Any], at: int, strike: Strike) -> None:
        self._steps = work.__await__()
        self._at = at
        self._strike = strike
        self.struck = False

    def __await__(self) -> Generator[Any, Any, Any]:
        count, step = 0, partial(self._steps.send, None)
        while True:
            try:
                waited_for = step()
            except StopIteration as finished:
                return finished.value
            count += 1
            step = partial(self._steps.send, None)
            if count == self._at and waited_for is not None:
                self.struck = True
                yield from self._strike(waited_for).__await__()
            try:
                yield waited_for
            except BaseException as error:  # a cancellation is the work's own affair
                step = partial(self._steps.throw, error)


async def end_connections(url: str, _waited_for: object) -> None:
    """End every connection to the database, as the death of its clients does."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(TERMINATE_ALL)
    finally:
        await connection.close()


async def cancel(waited_for: "asyncio.Future[Any]") -> None:
    """Cancel the work at the place where it waits, as a stopping process does."""
    waited_for.cancel()
