"""The shipped procedures, and folders of procedures to break."""

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from authority.profile import AuthorityProfile, default_folder, load_profile
from chassis.clock import Clock
from chassis.database import Database
from services.procedures.catalogue.definition_files import SourceFolder, read_definitions

SHIPPED = default_folder() / "procedures"


class SetClock(Clock):
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
        self.seconds = 1000.0

    def now(self) -> datetime:
        return self.instant

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture(scope="session")
def profile() -> AuthorityProfile:
    return load_profile(default_folder())


@pytest.fixture(scope="session")
def shipped(profile: AuthorityProfile) -> SourceFolder:
    return read_definitions(SHIPPED, profile)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the shipped vocabulary and three shipped procedures, free to change."""
    made = tmp_path / "procedures"
    made.mkdir()
    for name in (
        "_vocabulary",
        "_shared",
        "carte-decheterie",
        "composteur-bac",
        "paiement-facture-eau",
    ):
        shutil.copy(SHIPPED / f"{name}.yaml", made)
    return made


@pytest.fixture
async def database(procedures_database_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(procedures_database_url)
    yield opened
    await opened.close()
