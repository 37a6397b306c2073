"""PostgreSQL and Redis for a whole run, in a process of their own that ends with the run.

`python -m tests.support.servers FOLDER PID` starts them in FOLDER, writes servers.json, and stops
them when it is told to or when the process PID (the run's controller) is gone.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from deploy.local.postgres import LocalPostgres
from deploy.local.redis import LocalRedis
from tests.support import run

START_SECONDS = 90.0
STOP_SECONDS = 20.0
_CONTROLLER = "PARVIS_TEST_CONTROLLER"
# the one that this process started, if it did
_started: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True)
class Servers:
    """Where they answer; the URLs are the administrators', without a database at the end."""

    pid: int
    postgres: str
    redis: str

    def database_url(self, name: str) -> str:
        """Return the administrator's URL of a database."""
        return f"{self.postgres}/{name}"

    def redis_url(self, number: int) -> str:
        """Return the URL of a numbered Redis database, 0 to 15."""
        return f"{self.redis}/{number}"


def announce_controller() -> None:
    """Say to whoever starts the servers whose life they follow."""
    os.environ[_CONTROLLER] = str(os.getpid())


def running_servers() -> Servers:
    """Return the servers of this run, started by the first who asks."""
    with run.locked("servers"):
        return _read() or _start()


def stop_servers() -> None:
    """Stop the servers of this run, if any were started, and wait until they are gone."""
    servers = _read()
    if servers is None:
        return
    os.kill(servers.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while _announcement().exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    for process in _started:
        process.wait(STOP_SECONDS)


def _announcement() -> Path:
    return run.folder() / "servers.json"


def _read() -> Servers | None:
    path = _announcement()
    return Servers(**json.loads(path.read_text())) if path.exists() else None


def _start() -> Servers:
    log = run.folder() / "servers.log"
    words = [str(run.folder()), os.environ[_CONTROLLER]]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.servers", *words],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _started.append(process)
    deadline = time.monotonic() + START_SECONDS
    while (servers := _read()) is None:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL and Redis did not start:\n{log.read_text()}")
        time.sleep(0.02)
    return servers


def serve(folder: Path, controller: int) -> None:
    """Run both servers until SIGTERM or the end of the process `controller`."""
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    # no sync: the data lives as long as the run
    postgres = LocalPostgres(folder / "postgres", fsync=False, options=("max_connections=400",))
    redis = LocalRedis(folder / "redis", fsync=False)
    announcement = folder / "servers.json"
    try:
        postgres.start()
        redis.start()
        found = Servers(os.getpid(), postgres.url("").rstrip("/"), redis.url(0).rpartition("/")[0])
        unfinished = announcement.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(asdict(found)))
        unfinished.rename(announcement)
        while not stopped.wait(0.3) and Path(f"/proc/{controller}").exists():
            pass
    finally:
        redis.stop()
        postgres.stop()
        announcement.unlink(missing_ok=True)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
