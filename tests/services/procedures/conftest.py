"""The service on its own database, with the shipped procedures and a declaration to certify."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from authority.profile import AuthorityProfile, default_folder, load_profile
from chassis.database import Database
from chassis.settings import read_settings
from services.procedures.app import build_app
from services.procedures.catalogue.definition_files import SourceFolder, read_definitions
from services.procedures.catalogue.loading import CatalogueLoader
from services.procedures.declarations.repository import DeclarationRepository
from services.procedures.settings import Settings
from tests.services.procedures.portal import DECLARATION, Portal, SetClock
from tests.support.environment import service_environment


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture(scope="session")
def profile() -> AuthorityProfile:
    return load_profile(default_folder())


@pytest.fixture(scope="session")
def shipped(profile: AuthorityProfile) -> SourceFolder:
    return read_definitions(default_folder() / "procedures", profile)


@pytest.fixture
def procedures_environment(
    procedures_database_url: str, redis_url: str, service_keys: Path, tmp_path: Path
) -> dict[str, str]:
    return service_environment(
        "procedures",
        service_keys,
        database_url=procedures_database_url,
        redis_url=redis_url,
        PARVIS_BLOBS_URL=(tmp_path / "blobs").as_uri(),
    )


@pytest.fixture
def settings(procedures_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in procedures_environment.items():
        monkeypatch.setenv(name, value)
    return read_settings(Settings.read)


@pytest.fixture
async def database(procedures_database_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(procedures_database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def seeded(database: Database, shipped: SourceFolder, clock: SetClock) -> Database:
    """The database with the shipped procedures, and a declaration shown once."""
    await CatalogueLoader(database, clock).load_folder(shipped)
    async with database.transaction() as connection:
        await DeclarationRepository().insert_declaration(connection, DECLARATION, clock.now())
    return database


@pytest.fixture
async def portal(
    seeded: Database, settings: Settings, clock: SetClock, service_keys: Path
) -> AsyncIterator[Portal]:
    async with TestClient(TestServer(build_app(settings, clock))) as client:
        yield Portal(client, clock, service_keys)
