"""The processes of a stack together: started in order of need, stopped in reverse."""

import asyncio
import signal
from collections.abc import Iterable
from contextlib import suppress

from deploy.local.errors import LocalError
from deploy.local.output import LogFolder, Say
from deploy.local.process import ProcessSpec
from deploy.local.supervised import SupervisedProcess

# more than the 10 s that a process takes at most to finish what is under way
STOP_SECONDS = 15.0


class Supervisor:
    """Keeps the processes of `specs` running, each started once those it comes after are ready.

    `milestones` are names that a process may come after and that `reach` announces.
    """

    def __init__(
        self,
        specs: Iterable[ProcessSpec],
        logs: LogFolder,
        say: Say,
        *,
        milestones: Iterable[str] = (),
        verbose: bool = False,
    ) -> None:
        self.processes = {
            spec.name: SupervisedProcess(spec, logs, say, verbose=verbose) for spec in specs
        }
        self._logs = logs
        self._milestones = {name: asyncio.Event() for name in milestones}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def start(self) -> None:
        """Begin starting everything; `await_ready` tells when it works."""
        for name, process in self.processes.items():
            self._tasks[name] = asyncio.create_task(self._run(process), name=name)

    def reach(self, milestone: str) -> None:
        """Let start what comes after `milestone`."""
        self._milestones[milestone].set()

    async def await_ready(self, names: Iterable[str], seconds: float) -> None:
        """Return when the named processes work; raise LocalError for one that does not."""
        waiting = set(names)
        try:
            async with asyncio.timeout(seconds):
                while waiting:
                    self._raise_failure()
                    waiting = {name for name in waiting if not self.processes[name].ready.is_set()}
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise LocalError(self._not_ready(waiting, seconds)) from None

    def signal_all(self, number: signal.Signals) -> None:
        """Send a signal to every process at once."""
        for process in self.processes.values():
            process.signal(number)

    async def stop(self, patience: float = STOP_SECONDS) -> None:
        """Stop everything, stage after stage, each process killed after `patience` seconds."""
        stages = {process.spec.stage for process in self.processes.values()}
        for stage in sorted(stages, reverse=True):
            members = [p for p in self.processes.values() if p.spec.stage == stage]
            await asyncio.gather(*(self._stop(process, patience) for process in members))

    async def _stop(self, process: SupervisedProcess, patience: float) -> None:
        await process.stop(patience)
        if task := self._tasks.get(process.spec.name):
            task.cancel()  # it may be waiting to start, or to start again
            with suppress(asyncio.CancelledError, LocalError):
                await task

    async def _run(self, process: SupervisedProcess) -> None:
        for name in process.spec.after:
            milestone = self._milestones.get(name)
            await (milestone or self.processes[name].ready).wait()
        await process.run()

    def _raise_failure(self) -> None:
        for task in self._tasks.values():
            if task.done() and not task.cancelled() and (error := task.exception()):
                raise error

    def _not_ready(self, waiting: set[str], seconds: float) -> str:
        started = [n for n in sorted(waiting) if self.processes[n].pid] or sorted(waiting)
        return "\n".join(
            f"{name} was not ready after {seconds:g} s. {self._logs.path(name)} ends with:\n"
            f"{self._logs.tail(name) if self._logs.path(name).exists() else '    (nothing)'}"
            for name in started
        )
