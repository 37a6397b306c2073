"""A small HTTP client that costs little: keep-alive connections that send the same bytes again."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")
Work = Callable[[int], Awaitable[None]]


@dataclass(frozen=True)
class Measure:
    """How many were done in how many seconds, and how long each took (seconds, sorted)."""

    done: int
    seconds: float
    durations: Sequence[float]

    @property
    def per_second(self) -> float:
        """Return the throughput."""
        return self.done / self.seconds

    def percentile(self, share: float) -> float:
        """Return the duration below which `share` (0 to 1) of them lie, in milliseconds."""
        place = min(len(self.durations) - 1, int(len(self.durations) * share))
        return self.durations[place] * 1000


async def repeat(work: Work, seconds: float, together: int) -> Measure:
    """Do `work(worker)` again and again, by `together` workers, for about `seconds`."""
    durations: list[float] = []
    started = time.perf_counter()

    async def turn(worker: int) -> None:
        while (now := time.perf_counter()) - started < seconds:
            await work(worker)
            durations.append(time.perf_counter() - now)

    await asyncio.gather(*(turn(worker) for worker in range(together)))
    elapsed = time.perf_counter() - started
    return Measure(len(durations), elapsed, sorted(durations))


async def each(items: Iterable[T], work: Callable[[T], Awaitable[None]], together: int) -> float:
    """Do `work` once for each item, `together` at a time; return the seconds that it took."""
    waiting = iter(items)
    started = time.perf_counter()

    async def turn() -> None:
        for item in waiting:
            await work(item)

    await asyncio.gather(*(turn() for _ in range(together)))
    return time.perf_counter() - started


class RawClient:
    """One GET, sent as bytes over `together` connections; the answer must be 200 each time."""

    def __init__(self, url: str, headers: Sequence[str] = ()) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        lines = [f"GET {path} HTTP/1.1", f"Host: {self._host}:{self._port}", *headers, "", ""]
        self._request = "\r\n".join(lines).encode()
        self._streams: dict[int, tuple[asyncio.StreamReader, asyncio.StreamWriter]] = {}

    async def get(self, worker: int) -> None:
        """Send the request on the worker's own connection and read the whole answer."""
        if worker not in self._streams:
            self._streams[worker] = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams[worker]
        writer.write(self._request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head[:200].decode(errors="replace"))
        lower = head.lower()
        start = lower.index(b"content-length: ") + 16
        await reader.readexactly(int(lower[start : lower.index(b"\r\n", start)]))

    async def close(self) -> None:
        """Close every connection."""
        for _reader, writer in self._streams.values():
            writer.close()
            await writer.wait_closed()
