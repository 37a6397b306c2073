"""The whole stack in one object: for the command line, and for tests that need every process."""

import asyncio
import signal
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from deploy.local.environment import Surroundings
from deploy.local.keys import keep_keys, keep_secrets
from deploy.local.lock import FolderLock
from deploy.local.output import LogFolder, Say, say
from deploy.local.preflight import check_disk, check_ports, make_folder
from deploy.local.servers import Servers
from deploy.local.settings import Settings, addresses
from deploy.local.supervisor import STOP_SECONDS, Supervisor
from deploy.local.table import SERVERS, Table, parvis_table

T = TypeVar("T")

START_SECONDS = 120.0


class Stack:
    """Every process of Parvis in the folder and on the ports of `settings`.

    Synchronous from outside; one thread of its own starts and watches the processes, which die with
    it whatever happens. `with Stack(on_free_ports(folder)) as stack:` starts and stops it. `table`
    lists the processes beside PostgreSQL and Redis (left out with `servers=False`).
    """

    def __init__(
        self,
        settings: Settings,
        *,
        table: Table = parvis_table,
        servers: bool = True,
        say: Say = say,
    ) -> None:
        self.settings = settings
        self.urls = addresses(settings)
        self._table = table
        self._servers = servers
        self._say = say
        self._lock = FolderLock(settings.folder)
        self._supervisor: Supervisor | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> "Stack":
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def start(self, timeout: float = START_SECONDS) -> None:
        """Start everything; return when all of it works, or stop it again and raise LocalError."""
        self._check()
        self._loop = loop = asyncio.SelectorEventLoop()
        self._thread = threading.Thread(target=_turn, args=[loop], name="stack", daemon=True)
        self._thread.start()
        starting = asyncio.run_coroutine_threadsafe(self._start(timeout), loop)
        try:
            starting.result()
        except BaseException:  # Ctrl-C too
            starting.cancel()
            self.stop()
            raise

    def stop(self, patience: float = STOP_SECONDS) -> None:
        """Stop everything in reverse order; a process is killed after `patience` seconds."""
        if self._loop and self._thread:
            self._call(self._stop(patience))
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop = self._thread = None
        self._lock.release()

    def kill_all(self) -> None:
        """Kill every process at once (a `stop` under way then ends quickly)."""
        if self._supervisor:
            self._supervisor.signal_all(signal.SIGKILL)

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to a process; return when it has died of it."""
        self._call(self._kill(name, number))

    def await_ready(self, name: str, timeout: float = START_SECONDS) -> None:
        """Return when the process works (again); LocalError after `timeout` seconds."""
        self._call(self._running().await_ready([name], timeout))

    def pid(self, name: str) -> int | None:
        """Return the number of a process, None while it is down."""
        return self._running().processes[name].pid

    def restarts(self, name: str) -> int:
        """Return how many times a process was started again."""
        return self._running().processes[name].restarts

    def _check(self) -> None:
        make_folder(self.settings.folder)
        former = self._lock.take()
        try:
            if former:
                self._say(f"Took over from process {former}, which ended without stopping Parvis.")
            check_disk(self.settings.folder)
            check_ports(self.settings, patience=STOP_SECONDS if former else 0.0)
        except BaseException:
            self._lock.release()
            raise

    async def _start(self, seconds: float) -> None:
        folder = self.settings.folder
        secrets = keep_secrets(folder)
        keep_keys(folder / "keys")
        servers = Servers(self.settings, secrets)
        around = Surroundings(self.settings, secrets, servers.database_url, servers.redis_url)
        own = await servers.prepare() if self._servers else []
        specs = [*own, *self._table(around)]
        self._supervisor = supervisor = Supervisor(
            specs,
            LogFolder(folder / "logs"),
            self._say,
            milestones=[SERVERS],
            verbose=self.settings.verbose,
        )
        supervisor.start()
        if self._servers:
            await supervisor.await_ready([spec.name for spec in own], seconds)
            await servers.make_databases()
        supervisor.reach(SERVERS)
        await supervisor.await_ready([spec.name for spec in specs], seconds)

    async def _stop(self, patience: float) -> None:
        if self._supervisor:
            await self._supervisor.stop(patience)

    async def _kill(self, name: str, number: signal.Signals) -> None:
        process = self._running().processes[name]
        process.signal(number)
        await process.await_death()

    def _running(self) -> Supervisor:
        if self._supervisor is None:
            raise RuntimeError("the stack was not started")
        return self._supervisor

    def _call(self, work: Coroutine[Any, Any, T]) -> T:
        if self._loop is None:
            work.close()
            raise RuntimeError("the stack does not run")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


def _turn(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()
