"""Real processes of the service, killed by chance and started again at once."""

import asyncio
import os
import random
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from deploy.local.ports import free_ports
from deploy.local.process import ProcessSpec, tethered
from tests.support.environment import REPOSITORY


class Processes:
    """Some that serve, each at its own port, and some that work; `kills` counts the deaths."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._environment = {**environment, "PARVIS_LOG_LEVEL": "error"}
        self._log = log
        self._specs: dict[str, ProcessSpec] = {}
        self._running: dict[str, Process] = {}
        self.ports: list[int] = []
        self.kills = 0

    async def start(self, serving: int, working: int) -> None:
        """Start them all, without awaiting that they answer."""
        self.ports = free_ports(serving)
        for port in self.ports:
            await self._start(self._spec(f"serve-{port}", "serve", PARVIS_PORT=str(port)))
        for number in range(working):
            await self._start(self._spec(f"work-{number}", "work"))

    async def kill_one(self, chance: random.Random) -> None:
        """Kill one of them, and start its like."""
        await self.kill(chance.choice(sorted(self._running)))

    async def kill(self, name: str) -> None:
        """Kill the one of that name with SIGKILL, and start its like."""
        process = self._running[name]
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        await process.wait()
        self.kills += 1
        await self._start(self._specs[name])

    async def stop(self) -> None:
        """Ask all of them to end, and wait until they have."""
        for process in self._running.values():
            with suppress(ProcessLookupError):
                process.terminate()
        await asyncio.gather(*(process.wait() for process in self._running.values()))

    def _spec(self, name: str, command: str, **more: str) -> ProcessSpec:
        return ProcessSpec(
            name=name,
            command=(sys.executable, "-m", "services.procedures", command),
            environment={**self._environment, **more},
        )

    async def _start(self, spec: ProcessSpec) -> None:
        self._specs[spec.name] = spec
        with self._log.open("ab") as log:
            self._running[spec.name] = await asyncio.create_subprocess_exec(
                *tethered(spec),
                env={**os.environ, **spec.environment},
                cwd=REPOSITORY,
                stdin=DEVNULL,
                stdout=log,
                stderr=log,
            )


@asynccontextmanager
async def running(
    environment: Mapping[str, str], log: Path, *, serving: int, working: int
) -> AsyncIterator[Processes]:
    """Run processes until the end of the block; what they said of errors is in `log`."""
    processes = Processes(environment, log)
    try:
        await processes.start(serving, working)
        yield processes
    finally:
        await processes.stop()
