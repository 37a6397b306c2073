"""PostgreSQL and Redis for a stack: our own, or those that the operator named."""

import asyncio
from collections.abc import Mapping

from deploy.local.databases import ensure_databases
from deploy.local.postgres import LocalPostgres
from deploy.local.process import ProcessSpec
from deploy.local.redis import LocalRedis
from deploy.local.settings import Settings
from deploy.local.table import DATABASES


class Servers:
    """The two servers and their addresses; those of the operator are only used, never run."""

    def __init__(self, settings: Settings, secrets: Mapping[str, str]) -> None:
        folder, ports = settings.folder, settings.ports
        self._passwords = {name: secrets[name] for name in DATABASES}
        self._postgres = LocalPostgres(
            folder / "postgres", ports["postgres"], password=secrets["postgres"]
        )
        self._redis = LocalRedis(folder / "redis", ports["redis"], password=secrets["redis"])
        self._own: list[LocalPostgres | LocalRedis] = [
            *([] if settings.database_url else [self._postgres]),
            *([] if settings.redis_url else [self._redis]),
        ]
        self.database_url = settings.database_url or self._postgres.url()
        self.redis_url = settings.redis_url or self._redis.url()

    async def prepare(self) -> list[ProcessSpec]:
        """Make the data folders and return the processes to run."""
        for server in self._own:
            await asyncio.to_thread(server.prepare)
        return [server.spec() for server in self._own]

    async def make_databases(self) -> None:
        """Create the databases of the services once PostgreSQL answers."""
        await ensure_databases(self.database_url, self._passwords)
