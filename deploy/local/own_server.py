"""A server of our own on this machine: prepared, started in the foreground, stopped."""

from abc import ABC, abstractmethod
from pathlib import Path

from deploy.local.foreground import ForegroundProcess
from deploy.local.ports import free_port
from deploy.local.process import ProcessSpec


class OwnServer(ABC):
    """A server listening on 127.0.0.1, its data in `folder`; `port` None: any free one."""

    def __init__(self, folder: Path, port: int | None) -> None:
        self.folder = folder.resolve()
        self.port = port or free_port()
        self._process: ForegroundProcess | None = None

    @abstractmethod
    def prepare(self) -> None:
        """Make the data folder and what the server reads there; again, it changes nothing."""

    @abstractmethod
    def spec(self) -> ProcessSpec:
        """Return the server as a process to supervise (after `prepare`)."""

    @property
    def pid(self) -> int | None:
        """The server's process number when `start` started it and it runs."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Prepare, start the server and wait until it answers."""
        self.prepare()
        self._process = ForegroundProcess(self.spec(), self.folder.with_suffix(".log"))
        self._process.start()

    def stop(self) -> None:
        """Stop the server: open connections are cut, nothing that it had made durable is lost."""
        if self._process:
            self._process.stop()
            self._process = None
