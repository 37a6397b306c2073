"""Start, await and stop one process without a supervisor (for tests and one-off uses)."""

import asyncio
import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from deploy.local.errors import LocalError
from deploy.local.process import ProcessSpec, tethered


class ForegroundProcess:
    """A process of `spec` started by this thread, its output kept in `log`."""

    def __init__(self, spec: ProcessSpec, log: Path) -> None:
        self._spec = spec
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process number, or None when it is not running."""
        running = self._process is not None and self._process.poll() is None
        return self._process.pid if running and self._process else None

    def start(self, timeout: float = 60.0) -> None:
        """Start it and wait until it is ready; raise LocalError after `timeout` seconds."""
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                tethered(self._spec),
                env={**os.environ, **self._spec.environment},
                cwd=self._spec.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._await_ready(time.monotonic() + timeout)

    def stop(self, timeout: float = 10.0) -> None:
        """Ask it to end, kill it after `timeout` seconds, and return once it is gone."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(self._spec.stop_signal)
            try:
                self._process.wait(timeout)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
        self._process = None

    def _await_ready(self, deadline: float) -> None:
        while not self._is_ready():
            if self.pid is None or time.monotonic() > deadline:
                self.stop()
                text = self._log.read_text(errors="replace").strip().splitlines()
                last = " | ".join(text[-3:])
                raise LocalError(f"{self._spec.name} did not start; its log ends with: {last}")
            time.sleep(0.03)

    def _is_ready(self) -> bool:
        return self._spec.ready is None or (
            self.pid is not None and bool(outside_any_loop(self._spec.ready()))
        )


def outside_any_loop(work: Any) -> Any:
    """Run a coroutine to its end from synchronous code, even where an event loop runs already."""

    async def run() -> Any:
        return await work

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, run()).result()
