"""The legal service on a database of its own, with texts of its own, and its callers."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from chassis.caller import (
    CallerSigner,
    Person,
    SignatureChecker,
    load_private_key,
    load_public_keys,
)
from chassis.clock import Clock, IdSource
from chassis.database import Database
from chassis.settings import read_settings
from services.legal.app import Parts, build_app, open_parts
from services.legal.documents.model import DocumentText, DocumentVersion
from services.legal.documents.publishing import PublicationService
from services.legal.documents.service import DocumentService
from services.legal.heads.model import PROOF_AUDIENCE
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

    def signer(self, service: str = "gateway") -> CallerSigner:
        return CallerSigner(service, load_private_key(self.keys / f"{service}.pem"), self.clock)

    def authorization(
        self, service: str = "gateway", person: Person | None = None
    ) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.signer(service).token('legal', person)}"}

    async def get(
        self, path: str, headers: dict[str, str] | None = None, person: Person | None = None
    ) -> ClientResponse:
        authorization = self.authorization(person=person)
        return await self.client.get(path, headers={**authorization, **(headers or {})})

    async def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        person: Person | None = None,
        service: str = "gateway",
    ) -> ClientResponse:
        headers = self.authorization(service, person)
        return await self.client.request(method, path, json=body, headers=headers)

    def form_token(self, age: timedelta = timedelta(minutes=1), **changes: Any) -> str:
        """What the gateway signs with a contact form shown some time ago."""
        claims = {
            "iss": "gateway",
            "aud": "legal",
            "jti": str(IdSource().new_id()),
            "iat": int((self.clock.now() - age).timestamp()),
        }
        return self.signer().sign({**claims, **changes}, "feedback-form")

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
async def parts(settings: Settings, clock: SetClock) -> AsyncIterator[Parts]:
    """The use cases, beside those of the running service."""
    async with open_parts(settings, clock) as opened:
        yield opened


@pytest.fixture
def documents(parts: Parts) -> DocumentService:
    return parts.documents


@pytest.fixture
def publications(parts: Parts) -> PublicationService:
    return parts.publications


@pytest.fixture
async def published(publications: PublicationService) -> Sequence[DocumentVersion]:
    """The terms, and another text, in force since the beginning of the year."""
    versions = [version(), version(slug="cookies", change="editorial")]
    await publications.publish_versions(versions)
    return versions


@pytest.fixture
def checker(service_keys: Path, clock: SetClock) -> SignatureChecker:
    """Checks the proofs of the published heads."""
    return SignatureChecker(PROOF_AUDIENCE, load_public_keys(service_keys / "public"), clock)


@pytest.fixture
async def callers(
    settings: Settings, clock: SetClock, service_keys: Path, aiohttp_client: AiohttpClient
) -> Callers:
    return Callers(await aiohttp_client(build_app(settings, clock)), clock, service_keys)
