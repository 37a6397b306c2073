"""ClamAV, where one is set up: nothing unsafe is kept or given out (REQ-02)."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from uuid import UUID

import pytest
from aiohttp.test_utils import TestClient, TestServer

from chassis.blobs import BlobStore
from chassis.clock import IdSource
from chassis.database import Database
from chassis.settings import read_settings
from deploy.local.ports import free_port
from services.procedures.app import build_app
from services.procedures.documents.clamav import ClamavScanner, ScannerAway
from services.procedures.documents.upkeep import DocumentUpkeep
from services.procedures.parts import REQUESTS
from services.procedures.settings import Settings
from tests.services.procedures.documents.fake_clamd import EICAR, running_clamd
from tests.services.procedures.portal import Portal, SetClock, pdf

pytestmark = pytest.mark.promise("REQ-02")
INFECTED = pdf() + b"\n" + EICAR
OpenPortal = Callable[[int], AbstractAsyncContextManager[Portal]]


@pytest.fixture
def portal_with_clamd(
    seeded: Database,
    settings: Settings,
    clock: SetClock,
    service_keys: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> OpenPortal:
    @asynccontextmanager
    async def opened(port: int) -> AsyncIterator[Portal]:
        monkeypatch.setenv("PARVIS_CLAMAV_URL", f"tcp://127.0.0.1:{port}")
        application = build_app(read_settings(Settings.read), clock)
        async with TestClient(TestServer(application)) as client:
            yield Portal(client, clock, service_keys)

    return opened


async def test_a_clean_file_is_kept_and_an_infected_one_refused(
    portal_with_clamd: OpenPortal,
) -> None:
    async with running_clamd() as port, portal_with_clamd(port) as portal:
        draft = await portal.start()
        clean = await (await portal.upload(draft, pdf())).json()
        infected = await portal.upload(draft, INFECTED)
        assert clean["scan"] == "clean"
        assert infected.status == 422
        assert (await infected.json())["errors"][0]["code"] == "infected"
        assert len((await portal.view(draft))["documents"]) == 1


@pytest.mark.parametrize("content", [pdf(), INFECTED], ids=["clean", "infected"])
async def test_while_the_scanner_is_away_the_file_waits_in_quarantine(
    portal_with_clamd: OpenPortal, settings: Settings, content: bytes
) -> None:
    port = free_port()
    async with portal_with_clamd(port) as portal:
        draft = await portal.start()
        view = await (await portal.upload(draft, content)).json()
        path = f"{draft.path}/documents/{view['id']}"
        assert view["scan"] == "pending"
        assert (await portal.call("GET", path, key=draft.key)).status == 409

        upkeep = DocumentUpkeep(
            portal.client.app[REQUESTS],
            BlobStore.open(settings.blobs_url),
            ClamavScanner(f"tcp://127.0.0.1:{port}"),
        )
        with pytest.raises(ScannerAway):
            await upkeep.scan_pending(draft.id, UUID(view["id"]))
        async with running_clamd(port=port):
            await upkeep.scan_pending(draft.id, UUID(view["id"]))
            await upkeep.scan_pending(draft.id, UUID(view["id"]))

        after = await portal.view(draft)
        lacking = [lack.get("document") for lack in after["missing"]]
        read = await portal.call("GET", path, key=draft.key)
        if content == INFECTED:
            assert (after["documents"][0]["scan"], read.status) == ("infected", 404)
            assert "justificatif-domicile" in lacking
        else:
            assert (after["documents"][0]["scan"], await read.read()) == ("clean", content)
            assert "justificatif-domicile" not in lacking


async def test_a_job_waits_with_the_file(portal_with_clamd: OpenPortal, seeded: Database) -> None:
    async with portal_with_clamd(free_port()) as portal:
        draft = await portal.start()
        await portal.upload(draft, pdf())
    async with seeded.connection() as connection:
        count = await connection.fetchval(
            "SELECT count(*) FROM pgqueuer WHERE entrypoint = 'scan_document'"
        )
    assert count == 1


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR", b"", b"stream: ERROR", b"\xff\xfe", b"???"]
)
async def test_an_answer_that_is_no_verdict_is_none(answer: bytes) -> None:
    async with running_clamd(answer) as port:
        with pytest.raises(ScannerAway):
            await ClamavScanner(f"tcp://127.0.0.1:{port}").is_infected(b"abc")


async def test_a_scan_of_a_request_that_is_gone_does_nothing(
    portal: Portal, settings: Settings
) -> None:
    upkeep = DocumentUpkeep(portal.client.app[REQUESTS], BlobStore.open(settings.blobs_url), None)
    await upkeep.scan_pending(IdSource().new_id(), IdSource().new_id())
