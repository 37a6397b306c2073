"""A worker killed in the middle of a mail, of a PDF, of a webhook: another finishes (REQ-04)."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from chassis.database import Database
from deploy.local.ports import free_port
from tests.services.procedures.accidents.processes import running
from tests.services.procedures.acknowledgements.smtp import Inbox, Server
from tests.services.procedures.office import WASTE, Desk, agent
from tests.services.procedures.portal import Portal
from tests.support.environment import REPOSITORY
from tests.support.portal import until

pytestmark = [pytest.mark.faults, pytest.mark.promise("REQ-04", "AVA-01")]
# the half minute after which another worker takes a dead one's jobs
TIME_PASSES = "UPDATE pgqueuer SET heartbeat = heartbeat - interval '1 minute'"
COUNT_JOBS = "SELECT count(*) FROM pgqueuer"
COUNT_ISSUED = "SELECT count(*) FROM acknowledgements"


class SlowInbox(Inbox):
    """Answers the first message never: it is kept or not according to `takes_first`."""

    def __init__(self, *, takes_first: bool) -> None:
        super().__init__()
        self._takes_first = takes_first
        self.came = threading.Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        first = not self.came.is_set()
        if first and not self._takes_first:
            self.came.set()
            await asyncio.Event().wait()
        answer = await super().handle_DATA(server, session, envelope)
        if first:
            self.came.set()
            await asyncio.Event().wait()
        return answer


async def finish(database: Database) -> None:
    """Let the half minute pass; return when no job is left."""
    async with database.connection() as connection:
        await connection.execute(TIME_PASSES)

    async def done() -> bool:
        async with database.connection() as connection:
            return int(await connection.fetchval(COUNT_JOBS)) == 0

    await until(done)


def environment_of(environment: Mapping[str, str], inbox: Inbox) -> dict[str, str]:
    return {**environment, "PARVIS_SMTP_URL": f"smtp://127.0.0.1:{inbox.port}"}


@pytest.mark.parametrize("takes_first", [False, True], ids=["before", "after"])
async def test_a_death_while_the_mail_server_is_spoken_to(
    portal: Portal,
    seeded: Database,
    procedures_environment: Mapping[str, str],
    tmp_path: Path,
    takes_first: bool,
) -> None:
    slow = SlowInbox(takes_first=takes_first)
    slow.port = free_port()
    server = Server(slow, hostname="127.0.0.1", port=slow.port)
    server.start()
    try:
        await portal.filed()
        environment = environment_of(procedures_environment, slow)
        async with running(environment, tmp_path / "log", serving=0, working=1) as processes:
            assert await asyncio.to_thread(slow.came.wait, 30)
            await processes.kill("work-0")
            await finish(seeded)
    finally:
        server.stop()
    assert len(slow.messages) == 1 + takes_first, "only a message already taken comes twice"
    assert len({mail["Message-ID"] for mail in slow.messages}) == 1


async def test_a_death_while_the_pdf_is_set(
    portal: Portal,
    seeded: Database,
    procedures_environment: Mapping[str, str],
    inbox: Inbox,
    tmp_path: Path,
) -> None:
    await portal.filed()
    environment = environment_of(procedures_environment, inbox)
    module = "tests.services.procedures.accidents.short_lived_worker"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module), env={**os.environ, **environment}, cwd=REPOSITORY
    )
    assert await process.wait() == -signal.SIGALRM
    async with seeded.connection() as connection:
        assert await connection.fetchval(COUNT_ISSUED) == 0
        assert await connection.fetchval(COUNT_JOBS) == 1
    async with running(environment, tmp_path / "log", serving=0, working=1):
        await finish(seeded)
    async with seeded.connection() as connection:
        assert await connection.fetchval(COUNT_ISSUED) == 1
    assert len(inbox.messages) == 1


async def test_a_death_while_an_application_is_told(
    portal: Portal,
    seeded: Database,
    procedures_environment: Mapping[str, str],
    inbox: Inbox,
    tmp_path: Path,
) -> None:
    heard: list[tuple[str, bytes]] = []
    came = asyncio.Event()

    async def hear(request: web.Request) -> web.Response:
        heard.append((request.headers["Parvis-Delivery"], await request.read()))
        if len(heard) == 1:
            came.set()
            await asyncio.Event().wait()
        return web.Response(status=204)

    application = web.Application()
    application.router.add_post("/heard", hear)
    async with TestServer(application) as target:
        administrator = Desk(portal, agent("", role="administrator"))
        body = {"service": WASTE, "url": str(target.make_url("/heard")), "events": ["filed"]}
        added = await (await administrator.call("POST", "/webhooks", json=body)).json()
        await portal.filed()
        environment = environment_of(procedures_environment, inbox)
        async with running(environment, tmp_path / "log", serving=0, working=1) as processes:
            async with asyncio.timeout(30):
                await came.wait()
            await processes.kill("work-0")
            await finish(seeded)
        path = f"/webhooks/{added['id']}/deliveries"
        [told] = (await (await administrator.call("GET", path)).json())["deliveries"]
    assert (told["state"], told["last_status"]) == ("delivered", 204)
    assert heard == [heard[0], heard[0]], "the same delivery: the application can tell"
    assert len({mail["Message-ID"] for mail in inbox.messages}) == 1
