"""Where the output of each process goes: a log file, and the terminal when asked."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

_LARGEST_LOG_BYTES = 5 * 1024 * 1024
_TAIL_BYTES = 8192

Say = Callable[[str], None]


def say(line: str) -> None:
    """Print a line to the operator; a closed terminal is no reason to stop."""
    try:
        print(line, flush=True)
    except OSError:
        sys.stdout = None  # print then does nothing


class LogFolder:
    """The logs, one file for each process; a large one is set aside (.1) at start."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for log in folder.glob("*.log"):
            if log.stat().st_size > _LARGEST_LOG_BYTES:
                log.replace(log.with_name(f"{log.name}.1"))

    def path(self, name: str) -> Path:
        """Return the log file of a process."""
        return self._folder / f"{name}.log"

    def open(self, name: str) -> IO[bytes]:
        """Open the log of a process to add to it."""
        return self.path(name).open("ab", buffering=0)

    def tail(self, name: str, lines: int = 12) -> str:
        """Return the last lines of a log, indented, or a word that it is empty."""
        path = self.path(name)
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
            found = file.read().decode(errors="replace").splitlines()[-lines:]
        return "\n".join(f"    {line}" for line in found) or "    (nothing)"


async def copy_output(name: str, source: asyncio.StreamReader, log: IO[bytes], say: Say) -> None:
    """Copy what a process prints to its log and, prefixed with its name, to the terminal."""
    with log:
        while line := await _read_line(source):
            log.write(line)
            say(f"{name:>17} | {line.decode(errors='replace').rstrip()}")


async def _read_line(source: asyncio.StreamReader) -> bytes:
    try:
        return await source.readuntil(b"\n")
    except asyncio.IncompleteReadError as end:
        return end.partial
    except asyncio.LimitOverrunError as long:  # a very long line is taken in pieces
        return await source.readexactly(long.consumed)
