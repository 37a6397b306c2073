"""One process kept running: started when its time comes, restarted when it dies, stopped."""

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from contextlib import suppress

from deploy.local.errors import LocalError
from deploy.local.output import LogFolder, Say, copy_output
from deploy.local.process import ProcessSpec, tethered

FIRST_DELAY = 0.2
LONGEST_DELAY = 10.0
_SOUND_SECONDS = 30.0  # who lived that long is restarted without delay again
_PROBE_INTERVAL = 0.05
_EARLY_DEATHS = 3
_WRONG_SETTINGS = 2  # exit code: starting again would change nothing


class SupervisedProcess:
    """A process of `spec`: `run` keeps it alive until `stop`; `ready` is set while it works."""

    def __init__(self, spec: ProcessSpec, logs: LogFolder, say: Say, *, verbose: bool) -> None:
        self.spec = spec
        self.ready = asyncio.Event()
        self.restarts = 0
        self._logs = logs
        self._say = say
        self._verbose = verbose
        self._process: Process | None = None
        self._stopping = False
        self._was_ready = False
        self._copying: set[asyncio.Task[None]] = set()

    @property
    def pid(self) -> int | None:
        """The process number while it runs."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def run(self) -> None:
        """Keep it running until it is stopped or, a task, done; LocalError if it never works."""
        loop = asyncio.get_running_loop()
        delay = FIRST_DELAY
        while not self._stopping:
            started = loop.time()
            code = await self._live_once()
            if self._stopping or self._is_done(code):
                return
            if loop.time() - started > _SOUND_SECONDS:
                delay = FIRST_DELAY
            self._say(f"{self.spec.name} {_ended(code)}; starting it again in {delay:g} s")
            await asyncio.sleep(delay)
            delay = min(delay * 2, LONGEST_DELAY)
            self.restarts += 1

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to it and all that it started; nothing when it does not run."""
        if self.pid is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, number)

    async def await_death(self) -> None:
        """Return once the process that runs now has ended, and is known to."""
        if self._process is not None:
            await self._process.wait()
            self.ready.clear()

    async def stop(self, patience: float) -> None:
        """Ask it to end, kill it after `patience` seconds, and return once it is gone."""
        self._stopping = True
        process = self._process
        if process is None:
            return
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.send_signal(self.spec.stop_signal)
        try:
            async with asyncio.timeout(patience):
                await process.wait()
        except TimeoutError:
            self._say(f"{self.spec.name} did not stop in {patience:g} s: killed")
            self.signal(signal.SIGKILL)
            await process.wait()
        await asyncio.gather(*self._copying)

    async def _live_once(self) -> int:
        """Start it and return its exit code (minus the signal that killed it)."""
        self._process = process = await self._spawn()
        watching = asyncio.create_task(self._watch_readiness())
        try:
            return await process.wait()
        finally:
            watching.cancel()
            self.ready.clear()
            with suppress(ProcessLookupError):  # what it may have left behind
                os.killpg(process.pid, signal.SIGKILL)

    async def _spawn(self) -> Process:
        log = self._logs.open(self.spec.name)
        process = await asyncio.create_subprocess_exec(
            *tethered(self.spec),
            env={**os.environ, **self.spec.environment},
            cwd=self.spec.folder,
            stdin=DEVNULL,
            stdout=PIPE if self._verbose else log,
            stderr=STDOUT,
            start_new_session=True,  # Ctrl-C reaches the launcher only, which stops it in order
        )
        if process.stdout is None:
            log.close()
        else:
            task = asyncio.create_task(copy_output(self.spec.name, process.stdout, log, self._say))
            self._copying.add(task)
            task.add_done_callback(self._copying.discard)
        return process

    async def _watch_readiness(self) -> None:
        if self.spec.once:
            return
        # the other process can set no event of ours
        while self.spec.ready and not await self.spec.ready():  # noqa: ASYNC110
            await asyncio.sleep(_PROBE_INTERVAL)
        if self.restarts:
            self._say(f"{self.spec.name} works again (process {self.pid})")
        self._was_ready = True
        self.ready.set()

    def _is_done(self, code: int) -> bool:
        """Return whether a task is done; raise LocalError for what will never work."""
        if self.spec.once and code == 0:
            self.ready.set()
            return True
        hopeless = code == _WRONG_SETTINGS or self.restarts + 1 >= _EARLY_DEATHS
        if self.spec.once or (hopeless and not self._was_ready):
            raise LocalError(
                f"{self.spec.name} {_ended(code)} before it was ready. "
                f"{self._logs.path(self.spec.name)} ends with:\n"
                f"{self._logs.tail(self.spec.name)}"
            )
        return False


def _ended(code: int) -> str:
    if code >= 0:
        return f"ended (exit code {code})"
    try:
        return f"was killed ({signal.Signals(-code).name})"
    except ValueError:
        return f"was killed (signal {-code})"
