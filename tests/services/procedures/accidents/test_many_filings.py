"""A thousand filings at once while processes are killed by chance: everything reconciles (REQ-04).

`PARVIS_TEST_FILINGS` and `PARVIS_TEST_SEED` change how many there are and what chance does.
"""

import asyncio
import os
import random
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, cast

import aiohttp
import asyncpg
import pytest
from aiohttp.test_utils import TestClient

from chassis.caller import CallerSigner, load_private_key
from chassis.clock import Clock
from chassis.database import Database
from services.procedures.requests.numbers import normalise_number
from tests.services.procedures.accidents.patient_client import PATIENCE, PatientClient
from tests.services.procedures.accidents.processes import Processes, running
from tests.services.procedures.acknowledgements.smtp import Inbox
from tests.services.procedures.portal import CARD_PAGES, DECLARATION, Draft, Portal, SetClock, pdf
from tests.support.portal import until

pytestmark = [pytest.mark.faults, pytest.mark.promise("REQ-04", "AVA-01")]
FILINGS = int(os.environ.get("PARVIS_TEST_FILINGS", "1000"))
SEED = int(os.environ.get("PARVIS_TEST_SEED") or secrets.randbelow(2**32))
FILLING_AT_ONCE = 64
CONNECTIONS = 128
DOUBLE_CLICKS = 0.2
# seconds between two deaths
DEATHS = (1.5, 4.5)
SETTLING_SECONDS = 90.0

COUNT_JOBS = "SELECT count(*) FROM pgqueuer"
SELECT_HELD = "SELECT count(*) FROM pgqueuer_log WHERE status IN ('exception', 'failed')"
SELECT_REQUESTS = """
SELECT
    r.number,
    r.state,
    r.service_id,
    a.mailed_at IS NOT NULL AS mailed,
    (SELECT array_agg(e.kind ORDER BY e.position) FROM request_events e WHERE e.request_id = r.id)
        AS events,
    (SELECT count(*) FROM supporting_documents d WHERE d.request_id = r.id) AS documents,
    (SELECT count(*) > 0 FROM request_names n WHERE n.request_id = r.id) AS named
FROM requests r
LEFT JOIN acknowledgements a ON a.request_id = r.id
"""
SELECT_BLOBS = "SELECT blob_key FROM supporting_documents"


@dataclass
class Crowd:
    """People who each file one request, and the number that each was told."""

    portal: Portal
    chance: random.Random
    turns: asyncio.Semaphore
    drafts: list[Draft] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)

    async def fill_all(self) -> None:
        """Fill every form, some people at a time."""
        people = iter(range(FILINGS))

        async def take_turns() -> None:
            for person in people:
                self.drafts.append(await self._fill(person))

        async with asyncio.TaskGroup() as group:
            for _ in range(FILLING_AT_ONCE):
                group.create_task(take_turns())

    async def file_all(self) -> None:
        """Everybody presses the button at the same instant."""
        async with asyncio.TaskGroup() as group:
            for draft in self.drafts:
                group.create_task(self._file(draft))

    async def _file(self, draft: Draft) -> None:
        """File; a double click files twice at once."""
        clicks = 2 if self.chance.random() < DOUBLE_CLICKS else 1
        answers = await asyncio.gather(*(self._press(draft) for _ in range(clicks)))
        [number] = {answer["number"] for answer in answers}
        self.numbers.append(number)

    async def _fill(self, person: int) -> Draft:
        draft = await self.portal.start()
        for page, answers in CARD_PAGES.items():
            own = {"email": f"p{person}@example.org"} if page == "vous" else {}
            response = await self.portal.save(draft, page, {**answers, **own})
            assert response.status == 200, await response.text()
        response = await self.portal.upload(draft, pdf())
        assert response.status == 201, await response.text()
        return draft

    async def _press(self, draft: Draft) -> dict[str, Any]:
        async with self.turns:
            response = await self.portal.call(
                "POST",
                f"{draft.path}/filing",
                key=draft.key,
                json={"certified": True, "certification_hash": DECLARATION.content_hash},
                headers={"Idempotency-Key": str(draft.id)},
            )
        assert response.status == 200, await response.text()
        found: dict[str, Any] = await response.json()
        return found


@pytest.fixture
async def processes(
    seeded: Database, procedures_environment: Mapping[str, str], inbox: Inbox, tmp_path: Path
) -> AsyncIterator[Processes]:
    smtp = {"PARVIS_SMTP_URL": f"smtp://127.0.0.1:{inbox.port}"}
    environment = {**procedures_environment, **smtp}
    log = tmp_path / "processes.log"
    async with running(environment, log, serving=3, working=2) as found:
        yield found
    # a failure is shown with what they said
    print(log.read_text()[-4000:])


@pytest.mark.timeout(400)
async def test_none_is_lost_none_is_doubled_and_numbers_are_unique(
    processes: Processes, seeded: Database, inbox: Inbox, service_keys: Path, tmp_path: Path
) -> None:
    print(f"PARVIS_TEST_SEED={SEED}")
    chance = random.Random(SEED)
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=CONNECTIONS), timeout=PATIENCE
    ) as session:
        clock = cast(SetClock, Clock())
        signer = CallerSigner("gateway", load_private_key(service_keys / "gateway.pem"), clock)
        sign = partial(signer.token, "procedures", None)
        client = PatientClient(session, processes.ports, chance, sign)
        portal = Portal(cast(TestClient, client), clock, service_keys)
        crowd = Crowd(portal, chance, asyncio.Semaphore(CONNECTIONS))
        killing = asyncio.create_task(kill_by_chance(processes, chance))
        await crowd.fill_all()
        await crowd.file_all()
        killing.cancel()
        await asyncio.wait([killing])
    print(f"killed {processes.kills}, answers {dict(client.statuses)}, lost {client.lost}")
    assert not {status for status in client.statuses if status >= 500 and status != 503}
    await until(lambda: all_done(seeded), SETTLING_SECONDS)
    await reconcile(seeded, crowd, inbox, tmp_path / "blobs")


async def kill_by_chance(processes: Processes, chance: random.Random) -> None:
    while True:
        await asyncio.sleep(chance.uniform(*DEATHS))
        await processes.kill_one(chance)


async def all_done(database: Database) -> bool:
    async with database.connection() as connection:
        return int(await connection.fetchval(COUNT_JOBS)) == 0


async def reconcile(database: Database, crowd: Crowd, inbox: Inbox, blobs: Path) -> None:
    """Compare what people were told, what is stored, and what was mailed."""
    async with database.connection() as connection:
        rows: list[asyncpg.Record] = await connection.fetch(SELECT_REQUESTS)
        held = await connection.fetchval(SELECT_HELD)
        keys = [row["blob_key"] for row in await connection.fetch(SELECT_BLOBS)]
    assert len(rows) == FILINGS
    stored = {row["number"] for row in rows}
    assert len(stored) == FILINGS, "numbers are unique"
    assert sorted(stored) == sorted(crowd.numbers), "what people were told is what is stored"
    assert all(normalise_number(number) == number for number in stored)
    assert {tuple(row["events"]) for row in rows} == {("started", "filed")}
    assert {(row["state"], row["documents"], row["named"]) for row in rows} == {("filed", 1, True)}
    assert all(row["mailed"] and row["service_id"] for row in rows)
    assert held == 0
    assert all((blobs / key).is_file() for key in keys)
    sent = Counter((str(mail["To"]), str(mail["Message-ID"])) for mail in inbox.messages)
    assert len(sent) == FILINGS, "one message each"
    assert {to for to, _ in sent} == {f"p{person}@example.org" for person in range(FILINGS)}
    print(f"sent again after a death: {sum(sent.values()) - FILINGS}")
