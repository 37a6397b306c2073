"""The legal service on a database of its own, with texts of its own, and its callers."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from chassis.caller import CallerSigner, load_private_key
from chassis.clock import Clock
from chassis.database import Database
from chassis.settings import read_settings
from services.legal.app import build_app
from services.legal.documents.model import DocumentText, DocumentVersion
from services.legal.documents.service import DocumentService
from services.legal.settings import Settings
from tests.support.environment import service_environment

TERMS = "conditions-generales"
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


class SetClock(Clock):
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant


def version(
    number: int = 1,
    effective_from: datetime = BEGINNING,
    *,
    slug: str = TERMS,
    words: str = "",
    change: str = "material",
) -> DocumentVersion:
    """Make a version in both languages; `words` are in its text."""
    words = words or f"Version {number}."
    texts = {
        language: DocumentText(
            language,
            f"{title} {slug}",
            f"{title} en bref",
            f"## Objet\n\n{words} ({language})",
            f"legal/{slug}/v{number}.{language}.md",
        )
        for language, title in (("fr", "Les règles"), ("en", "The rules"))
    }
    return DocumentVersion(slug, number, effective_from, change, texts)


@dataclass
class Callers:
    """Call the service as the gateway does, or as another service."""

    client: TestClient  # type: ignore[type-arg]
    clock: Clock
    keys: Path

    def authorization(self, service: str = "gateway") -> dict[str, str]:
        key = load_private_key(self.keys / f"{service}.pem")
        return {"Authorization": f"Bearer {CallerSigner(service, key, self.clock).token('legal')}"}

    async def get(self, path: str, headers: dict[str, str] | None = None) -> ClientResponse:
        return await self.client.get(path, headers={**self.authorization(), **(headers or {})})

    async def accept(
        self,
        subject_id: UUID,
        shown: DocumentVersion,
        /,
        *,
        service: str = "gateway",
        **changes: Any,
    ) -> ClientResponse:
        language = changes.get("language", "fr")
        body = {
            "subject_kind": "request",
            "subject_id": str(subject_id),
            "document": shown.slug,
            "version": shown.version,
            "content_hash": shown.texts[language].content_hash,
            "language": language,
            "page": "/demarches/carte-decheterie/commencer",
            **changes,
        }
        headers = self.authorization(service)
        return await self.client.post("/acceptances", json=body, headers=headers)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def legal_environment(
    legal_database_url: str, redis_url: str, service_keys: Path
) -> dict[str, str]:
    return service_environment(
        "legal", service_keys, database_url=legal_database_url, redis_url=redis_url
    )


@pytest.fixture
def settings(legal_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in legal_environment.items():
        monkeypatch.setenv(name, value)
    return read_settings(Settings.read)


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    opened = await Database.open(settings.database_url)
    yield opened
    await opened.close()


@pytest.fixture
def documents(database: Database, clock: SetClock) -> DocumentService:
    return DocumentService(database, clock)


@pytest.fixture
async def published(documents: DocumentService) -> Sequence[DocumentVersion]:
    """The terms, and another text, in force since the beginning of the year."""
    versions = [version(), version(slug="cookies", change="editorial")]
    await documents.publish_versions(versions)
    return versions


@pytest.fixture
async def callers(
    settings: Settings, clock: SetClock, service_keys: Path, aiohttp_client: AiohttpClient
) -> Callers:
    return Callers(await aiohttp_client(build_app(settings, clock)), clock, service_keys)
