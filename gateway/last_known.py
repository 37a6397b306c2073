"""Answers that many people read, kept in memory: asked again conditionally, served when all fails.

An answer is used as it is for FRESH_SECONDS; then the service is asked whether it changed (ETag).
When the service does not answer, the last known one serves, and says that it is stale.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chassis.clock import Clock
from chassis.http_client import Call, ServiceClient, ServiceUnavailable

FRESH_SECONDS = 2.0
CAPACITY = 2000
NEXT_CHANGE = "next_change_at"

Key = tuple[str, str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Known:
    """An answer: its JSON, the ETag that names it, and whether the service failed to confirm it."""

    content: Any
    etag: str
    checked_at: float
    stale: bool = False


class LastKnown:
    """Reads public addresses of services; at most CAPACITY answers are kept."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: OrderedDict[Key, Known] = OrderedDict()
        self._asking: dict[Key, asyncio.Task[Known]] = {}

    async def read(
        self, client: ServiceClient, path: str, query: Mapping[str, str] | None = None
    ) -> Known:
        """Return the answer of GET `path`.

        Raises `ServiceProblem` (404...) or, when nothing is known, `ServiceUnavailable`.
        """
        key = (client.service, path, tuple(sorted((query or {}).items())))
        known = self._known.get(key)
        if known is not None:
            self._known.move_to_end(key)
            if self._is_fresh(known):
                return known
        # one question for everybody who asks meanwhile
        task = self._asking.get(key)
        if task is None:
            task = asyncio.create_task(self._ask(client, key, known))
            self._asking[key] = task
            task.add_done_callback(lambda _done: self._asking.pop(key, None))
        return await asyncio.shield(task)

    def forget(self, service: str) -> None:
        """Ask a service again at the next reading: it said that something changed."""
        for key, known in self._known.items():
            if key[0] == service:
                self._known[key] = replace(known, checked_at=float("-inf"))

    def _is_fresh(self, known: Known) -> bool:
        if self._clock.monotonic() - known.checked_at >= FRESH_SECONDS:
            return False
        # a text changes at its minute, not two seconds later
        change = known.content.get(NEXT_CHANGE) if isinstance(known.content, dict) else None
        return change is None or self._clock.now() < datetime.fromisoformat(change)

    async def _ask(self, client: ServiceClient, key: Key, known: Known | None) -> Known:
        headers = {"If-None-Match": f'"{known.etag}"'} if known is not None else {}
        try:
            answer = await client.send(Call("GET", key[1], query=dict(key[2]), headers=headers))
        except ServiceUnavailable:
            if known is None:
                raise
            # asked again after a moment, not by each reader
            found = replace(known, checked_at=self._clock.monotonic(), stale=True)
        else:
            now = self._clock.monotonic()
            if answer.status == 304 and known is not None:
                found = replace(known, checked_at=now, stale=False)
            else:
                etag = answer.headers.get("ETag", "").strip('"')
                found = Known(answer.json(), etag, now)
        self._known[key] = found
        while len(self._known) > CAPACITY:
            self._known.popitem(last=False)
        return found
