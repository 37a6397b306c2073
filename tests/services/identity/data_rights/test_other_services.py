"""A copy and an erasure reach what the real procedures and legal services hold."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from authority.profile import default_folder, load_profile
from chassis.caller import CallerSigner, Person, load_private_key
from chassis.database import Database
from chassis.settings import read_settings
from services.identity.assembly import Parts, open_parts
from services.identity.settings import Settings
from services.legal import app as legal
from services.legal.settings import Settings as LegalSettings
from services.procedures.app import build_app as build_procedures
from services.procedures.catalogue.service import CatalogueService
from services.procedures.settings import Settings as ProceduresSettings
from tests.services.identity.conftest import Gateway, Post, SetClock, step_up
from tests.services.legal.conftest import version
from tests.services.procedures.portal import Portal, pdf
from tests.support.environment import service_environment

TERMS = "conditions-generales"
ERASE_ELSEWHERE = "erase-elsewhere"


@dataclass
class Others:
    """The other services, as the gateway calls them."""

    procedures: Portal
    legal: TestClient  # type: ignore[type-arg]
    signer: CallerSigner

    async def call_legal(self, method: str, path: str, person: Person, json: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.signer.token('legal', person)}"}
        response = await self.legal.request(method, path, json=json, headers=headers)
        assert response.status in (200, 201), await response.text()
        return await response.json()

    async def accept_terms(self, person: Person) -> None:
        terms = await self.call_legal("GET", f"/documents/{TERMS}", person)
        body = {name: terms[name] for name in ("version", "content_hash", "language")}
        body |= {"subject_kind": "account", "subject_id": person.account_id}
        body |= {"document": TERMS, "page": "/inscription"}
        await self.call_legal("POST", "/acceptances", person, body)


@pytest.fixture
async def others(
    settings: Settings,
    legal_database_url: str,
    procedures_database_url: str,
    redis_url: str,
    service_keys: Path,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Others]:
    def variables(service: str, url: str) -> None:
        found = service_environment(service, service_keys, database_url=url, redis_url=redis_url)
        for name, value in found.items():
            monkeypatch.setenv(name, value)

    variables("legal", legal_database_url)
    legal_settings = read_settings(LegalSettings.read)
    variables("procedures", procedures_database_url)
    procedures_settings = read_settings(ProceduresSettings.read)
    database = await Database.open(procedures_database_url, size=1)
    catalogue = CatalogueService(database, load_profile(default_folder()), clock)
    await catalogue.load_definitions(default_folder())
    await database.close()
    async with legal.open_parts(legal_settings, clock) as texts:
        await texts.publications.publish_versions([version(slug=TERMS)])
    async with (
        _client(legal.build_app(legal_settings, clock)) as at_legal,
        _client(build_procedures(procedures_settings, clock)) as at_procedures,
    ):
        key = load_private_key(service_keys / "gateway.pem")
        portal = Portal(at_procedures, clock, service_keys)  # type: ignore[arg-type]
        yield Others(portal, at_legal, CallerSigner("gateway", key, clock))


def _client(application: web.Application) -> TestClient:  # type: ignore[type-arg]
    return TestClient(TestServer(application))


@pytest.fixture
async def joined(settings: Settings, clock: SetClock, others: Others) -> AsyncIterator[Parts]:
    """The identity service's worker, told where the others are."""
    clients = {"procedures": others.procedures.client, "legal": others.legal}
    urls = {name: str(client.make_url("")) for name, client in clients.items()}
    async with open_parts(replace(settings, contributors=urls), clock) as parts:
        yield parts


@pytest.mark.promise("DAT-02")
async def test_a_copy_holds_what_each_service_has(
    gateway: Gateway, camille: UUID, others: Others, joined: Parts
) -> None:
    person = Person(str(camille))
    draft = await others.procedures.start(person=person)
    assert (await others.procedures.upload(draft, pdf(), "facture.pdf")).status == 201
    await others.accept_terms(person)
    path = f"/accounts/{camille}/copies"
    _, copy = await gateway.call("POST", path, None, person)
    await Post(joined).run()
    async with joined.database.connection() as connection:
        sealed = await connection.fetchval("SELECT content FROM data_copy_files")
    assert pdf()[:40] not in sealed
    content = await joined.copies.download(camille, UUID(copy["id"]))
    files = [one async for one in joined.copies.read_files(camille, UUID(copy["id"]), content)]
    assert files == [(f"fichiers/{draft.id}/001-facture.pdf", pdf())]
    assert content["missing"] == []
    assert content["procedures"]["payments"] == []
    assert [one["id"] for one in content["procedures"]["requests"]] == [str(draft.id)]
    assert [one["document"] for one in content["legal"]["acceptances"]] == [TERMS]


@pytest.mark.promise("DAT-03")
async def test_an_erasure_destroys_drafts_and_keeps_the_proof_of_acceptances(
    gateway: Gateway, parts: Parts, camille: UUID, others: Others, joined: Parts
) -> None:
    person = Person(str(camille))
    draft = await others.procedures.start(person=person)
    await others.accept_terms(person)
    body = {"when": "now", "step_up": await step_up(gateway, person)}
    await gateway.call("POST", f"/accounts/{camille}/erasure", body, person)
    away = Post(parts)
    await away.run()
    assert away.left == [ERASE_ELSEWHERE], "tried again until procedures answers"
    payload = {"account_id": str(camille)}
    await joined.erasures.erase_elsewhere(payload)
    await joined.erasures.erase_elsewhere(payload)
    gone = await others.procedures.call("GET", draft.path, key=draft.key)
    assert gone.status == 404
    kept = await others.call_legal("GET", f"/accounts/{camille}/acceptances", person)
    assert len(kept["acceptances"]) == 1


@pytest.mark.promise("DAT-03")
async def test_a_replay_reaches_a_restored_database_of_procedures(
    gateway: Gateway, camille: UUID, others: Others, joined: Parts
) -> None:
    person = Person(str(camille))
    body = {"when": "now", "step_up": await step_up(gateway, person)}
    await gateway.call("POST", f"/accounts/{camille}/erasure", body, person)
    await Post(joined).run()
    restored = await others.procedures.start(person=person)
    assert await joined.erasures.replay() == 0
    await Post(joined).run()
    assert (await others.procedures.call("GET", restored.path, key=restored.key)).status == 404
