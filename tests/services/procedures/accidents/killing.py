"""Asks for a death between two lines, and for another one the next time."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from tests.services.procedures.accidents.lines import Point
from tests.services.procedures.portal import DECLARATION, Draft, Portal
from tests.support.environment import REPOSITORY

Kill = Callable[[Portal, Draft], Awaitable[Point | None]]


@asynccontextmanager
async def mortal(work: str, environment: Mapping[str, str]) -> AsyncIterator[Kill]:
    """Start a process that dies at another point each time it is asked to do `work`."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.services.procedures.accidents.mortal", work),
        stdin=PIPE,
        stdout=PIPE,
        env={**os.environ, **environment},
        cwd=REPOSITORY,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    sent, answered = process.stdin, process.stdout

    async def kill(portal: Portal, draft: Draft) -> Point | None:
        order = {
            "request": str(draft.id),
            "key": draft.key,
            "declaration": DECLARATION.content_hash,
            "now": portal.clock.now().isoformat(),
        }
        sent.write(json.dumps(order).encode() + b"\n")
        answer = await answered.readline()
        assert answer, "it dies of nothing else"
        point = json.loads(answer)
        return tuple(point) if point is not None else None

    try:
        yield kill
    finally:
        sent.close()
        await process.wait()
