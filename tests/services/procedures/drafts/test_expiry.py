"""An untouched draft is announced to end, then destroyed, never the other way round."""

from datetime import timedelta
from pathlib import Path

import pytest

from chassis.blobs import BlobStore
from chassis.database import Database
from chassis.mailer import Mailer
from services.procedures.documents.upkeep import DocumentUpkeep
from services.procedures.drafts.service import DraftService
from services.procedures.parts import REQUESTS, RESUMPTIONS
from services.procedures.settings import Settings
from tests.services.procedures.acknowledgements.conftest import inbox as inbox
from tests.services.procedures.acknowledgements.smtp import Inbox
from tests.services.procedures.portal import CARD_PAGES, Draft, Portal, pdf

pytestmark = pytest.mark.promise("DAT-07")


@pytest.fixture
def drafts(portal: Portal, settings: Settings) -> DraftService:
    requests, blobs = portal.client.app[REQUESTS], BlobStore.open(settings.blobs_url)
    upkeep = DocumentUpkeep(requests, blobs, None)
    return DraftService(
        requests, blobs, upkeep, portal.client.app[RESUMPTIONS], "https://demarches.example"
    )


def mailer_to(inbox: Inbox, portal: Portal) -> Mailer:
    url = f"smtp://127.0.0.1:{inbox.port}"
    return Mailer(url, "ne-pas-repondre@parvis.example", portal.clock)


def files(folder: Path) -> list[Path]:
    return [path for path in (folder / "blobs").rglob("*") if path.is_file()]


async def test_a_draft_is_warned_once_then_destroyed_whole(
    portal: Portal, drafts: DraftService, inbox: Inbox, seeded: Database, tmp_path: Path
) -> None:
    draft = await portal.complete()
    mailer = mailer_to(inbox, portal)
    assert (await drafts.warn_owners(), await drafts.delete_expired()) == (0, 0)
    portal.clock.instant += timedelta(days=77)
    assert [await drafts.warn_owners() for _ in range(2)] == [1, 0]
    await drafts.send_warning(draft.id, mailer)
    assert inbox.messages[0]["To"] == CARD_PAGES["vous"]["email"]
    assert "22 février 2027" in inbox.messages[0]["Subject"]
    portal.clock.instant += timedelta(days=12)
    assert await drafts.delete_expired() == 0
    portal.clock.instant += timedelta(days=3)
    assert [await drafts.delete_expired() for _ in range(2)] == [1, 0]
    assert (await portal.call("GET", draft.path, key=draft.key)).status == 404
    assert files(tmp_path) == []
    async with seeded.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM requests") == 0


async def warning_of(portal: Portal, drafts: DraftService, inbox: Inbox, draft: Draft) -> str:
    portal.clock.instant += timedelta(days=77)
    assert await drafts.warn_owners() == 1
    await drafts.send_warning(draft.id, mailer_to(inbox, portal))
    body = inbox.messages[0].get_body()
    assert body is not None
    text: str = body.get_content()
    return text


@pytest.mark.promise("SES-03")
async def test_the_warning_says_only_what_still_works(
    portal: Portal, drafts: DraftService, inbox: Inbox
) -> None:
    draft = await portal.complete()
    assert "ne peut plus être rouvert" in await warning_of(portal, drafts, inbox, draft)


@pytest.mark.promise("SES-03")
async def test_the_warning_holds_the_link_that_was_asked_for(
    portal: Portal, drafts: DraftService, inbox: Inbox
) -> None:
    draft = await portal.start()
    body = {"email": "elise@example.org"}
    path = f"{draft.path}/resume-link"
    assert (await portal.call("POST", path, key=draft.key, json=body)).status == 201
    text = await warning_of(portal, drafts, inbox, draft)
    assert inbox.messages[0]["To"] == "elise@example.org"
    assert "/reprendre-un-brouillon?lien=" in text
    portal.clock.instant += timedelta(days=15)
    assert await drafts.delete_expired() == 1, "its link goes with it"


async def test_a_draft_that_is_taken_up_again_lives_on(
    portal: Portal, drafts: DraftService, inbox: Inbox
) -> None:
    draft = await portal.complete()
    portal.clock.instant += timedelta(days=80)
    assert await drafts.warn_owners() == 1
    changed = {**CARD_PAGES["vous"], "given_name": "Ugolin"}
    assert (await portal.save(draft, "vous", changed)).status == 200
    mailer = mailer_to(inbox, portal)
    await drafts.send_warning(draft.id, mailer)
    assert inbox.messages == [], "the warning was overtaken"
    portal.clock.instant += timedelta(days=20)
    assert await drafts.delete_expired() == 0
    assert (await portal.view(draft))["answers"]["given_name"] == "Ugolin"


async def test_a_draft_that_nobody_was_warned_of_is_warned_before_it_ends(
    portal: Portal, drafts: DraftService
) -> None:
    await portal.start()
    portal.clock.instant += timedelta(days=400)
    assert await drafts.delete_expired() == 0
    assert await drafts.warn_owners() == 1
    assert await drafts.delete_expired() == 0
    portal.clock.instant += timedelta(days=15)
    assert await drafts.delete_expired() == 1


@pytest.mark.promise("REQ-09")
async def test_a_filed_request_is_never_deleted_for_want_of_attention(
    portal: Portal, drafts: DraftService
) -> None:
    draft, _ = await portal.filed()
    portal.clock.instant += timedelta(days=1000)
    assert (await drafts.warn_owners(), await drafts.delete_expired()) == (0, 0)
    assert (await portal.view(draft))["state"] != "draft"


async def test_files_that_no_document_bears_are_removed_after_a_day(
    portal: Portal, settings: Settings, tmp_path: Path
) -> None:
    draft = await portal.start()
    await portal.upload(draft, pdf())
    blobs = BlobStore.open(settings.blobs_url)
    await blobs.put(f"documents/{draft.id}/{portal.ids.new_id()}", b"left by a crash")
    await blobs.put("documents/strange", b"not ours to judge")
    upkeep = DocumentUpkeep(portal.client.app[REQUESTS], blobs, None)
    portal.clock.instant += timedelta(seconds=1)
    assert await upkeep.remove_orphans() == 0
    portal.clock.instant += timedelta(days=2000)
    assert await upkeep.remove_orphans() == 1
    assert len(files(tmp_path)) == 2
    view = await portal.view(draft)
    path = f"{draft.path}/documents/{view['documents'][0]['id']}"
    read = await portal.call("GET", path, key=draft.key)
    assert await read.read() == pdf()
