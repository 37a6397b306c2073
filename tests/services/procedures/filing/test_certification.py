"""The text to certify comes from the legal service, and the very text shown is kept (REQ-03)."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest
from aiohttp.test_utils import TestClient, TestServer

from authority.profile import default_folder
from chassis.database import Database
from chassis.settings import read_settings
from services.legal.app import build_app as build_legal
from services.legal.app import open_parts
from services.legal.documents.authority_texts import load_versions
from services.legal.settings import Settings as LegalSettings
from services.procedures.app import build_app
from services.procedures.settings import Settings
from tests.services.procedures.portal import Portal, SetClock
from tests.support.environment import service_environment

pytestmark = pytest.mark.promise("REQ-03")


@pytest.fixture
async def legal(
    legal_database_url: str, redis_url: str, service_keys: Path, clock: SetClock
) -> AsyncIterator[TestServer]:
    """The real legal service with the shipped texts in force."""
    environment = service_environment(
        "legal", service_keys, database_url=legal_database_url, redis_url=redis_url
    )
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        settings = read_settings(LegalSettings.read)
    async with open_parts(settings, clock) as parts:
        await parts.publications.publish_versions(load_versions(default_folder()))
    async with TestServer(build_legal(settings, clock)) as server:
        yield server


@pytest.fixture
async def with_legal(
    seeded: Database,
    settings: Settings,
    legal: TestServer,
    clock: SetClock,
    service_keys: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Portal]:
    monkeypatch.setenv("PARVIS_LEGAL_URL", str(legal.make_url("/")))
    application = build_app(read_settings(Settings.read), clock)
    async with TestClient(TestServer(application)) as client:
        yield Portal(client, clock, service_keys)


async def _certification(portal: Portal, language: str = "fr") -> dict[str, str]:
    draft = await portal.start()
    path = f"{draft.path}/certification?language={language}"
    response = await portal.call("GET", path, key=draft.key)
    assert response.status == 200
    found: dict[str, str] = await response.json()
    return found


async def test_the_text_shown_is_what_legal_published(with_legal: Portal, seeded: Database) -> None:
    french, english = [await _certification(with_legal, one) for one in ("fr", "en")]
    assert french["hash"] != english["hash"]
    for penalty in ("441-1", "226-4-1"):
        assert penalty in french["text_html"]
        assert penalty in english["text_html"]
    async with seeded.connection() as connection:
        kept = await connection.fetchval(
            "SELECT html FROM declarations WHERE content_hash = $1", french["hash"]
        )
    assert kept == french["text_html"]


async def test_what_was_shown_can_be_certified_and_is_kept_as_evidence(
    with_legal: Portal, seeded: Database
) -> None:
    draft = await with_legal.complete()
    shown = await _certification(with_legal)
    response = await with_legal.file(draft, certification_hash=shown["hash"])
    assert response.status == 200
    async with seeded.connection() as connection:
        row = await connection.fetchrow(
            "SELECT declaration_hash, certified_at, terms FROM requests WHERE id = $1", draft.id
        )
    assert row is not None
    assert row["declaration_hash"] == shown["hash"]
    assert row["certified_at"] == with_legal.clock.now()
    assert row["terms"]["document"] == "conditions-generales"


@pytest.mark.promise("LEG-02")
async def test_a_receipt_of_the_real_legal_service_starts_a_request(
    with_legal: Portal, legal: TestServer
) -> None:
    draft = with_legal.new_draft()
    receipt = await _accept_terms(with_legal, legal, draft.id)
    body = with_legal.new_body(draft, terms_receipt=receipt)
    assert (await with_legal.call("POST", "/requests", json=body)).status == 201


async def _accept_terms(portal: Portal, legal: TestServer, request_id: UUID) -> str:
    async with TestClient(legal) as client:
        headers = {"Authorization": f"Bearer {portal.signer('gateway').token('legal')}"}
        terms = await (await client.get("/documents/conditions-generales", headers=headers)).json()
        accepted = await client.post(
            "/acceptances",
            headers=headers,
            json={
                "subject_kind": "request",
                "subject_id": str(request_id),
                "document": "conditions-generales",
                "version": terms["version"],
                "content_hash": terms["content_hash"],
                "language": "fr",
                "page": "/demarches/carte-decheterie/commencer",
            },
        )
        assert accepted.status == 201, await accepted.text()
        return str((await accepted.json())["receipt"])


@pytest.mark.promise("AVA-03")
async def test_the_last_text_kept_serves_while_legal_is_away(portal: Portal) -> None:
    shown = await _certification(portal)
    assert shown["hash"] == "5" * 64


async def test_no_text_at_all_is_a_temporary_failure(portal: Portal, seeded: Database) -> None:
    draft = await portal.start()
    path = f"{draft.path}/certification?language=en"
    response = await portal.call("GET", path, key=draft.key)
    assert (response.status, (await response.json())["code"]) == (503, "declaration-unavailable")
