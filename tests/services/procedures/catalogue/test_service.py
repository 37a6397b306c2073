"""The catalogue in memory: fresh, and there even without the database."""

from pathlib import Path

import pytest

from authority.profile import AuthorityProfile
from chassis.database import Database
from services.procedures.catalogue.definition_files import FaultyDefinitions
from services.procedures.catalogue.model import ProcedureNotFound, State
from services.procedures.catalogue.service import FRESH_SECONDS, CatalogueService
from tests.services.procedures.catalogue.conftest import SetClock

CARD = "carte-decheterie"


@pytest.fixture
async def service(
    folder: Path, profile: AuthorityProfile, database: Database, clock: SetClock
) -> CatalogueService:
    made = CatalogueService(database, profile, clock)
    await made.load_definitions(folder.parent)
    return made


def lengthen(folder: Path) -> None:
    path = folder / f"{CARD}.yaml"
    path.write_text(path.read_text().replace("max_length: 20", "max_length: 25", 1))


async def test_before_any_loading_it_is_empty(
    profile: AuthorityProfile, database: Database, clock: SetClock
) -> None:
    catalogue = await CatalogueService(database, profile, clock).read_catalogue()
    assert catalogue.shown == ()
    assert catalogue.indexes["fr"].search("poubelle").ids == ()


async def test_a_change_by_another_process_is_seen_in_two_seconds(
    service: CatalogueService,
    folder: Path,
    profile: AuthorityProfile,
    database: Database,
    clock: SetClock,
) -> None:
    before = await service.read_catalogue()
    lengthen(folder)
    await CatalogueService(database, profile, clock).load_definitions(folder.parent)
    assert await service.read_catalogue() is before
    clock.seconds += FRESH_SECONDS
    assert (await service.read_catalogue()).definitions[CARD].version == 2


@pytest.mark.promise("AVA-03")
async def test_without_the_database_the_last_catalogue_is_served(
    service: CatalogueService, database: Database, clock: SetClock
) -> None:
    before = await service.read_catalogue()
    await database.close()
    clock.seconds += 10 * FRESH_SECONDS
    assert await service.read_catalogue() is before


@pytest.mark.promise("CAT-07")
async def test_a_request_finds_the_version_that_it_was_begun_with(
    service: CatalogueService, folder: Path
) -> None:
    lengthen(folder)
    await service.load_definitions(folder.parent)
    first = await service.find_definition(CARD, 1)
    second = await service.find_definition(CARD, 2)
    assert (first.version, second.version) == (1, 2)
    assert first.content_hash != second.content_hash
    assert first.form is not None
    assert first.form.pages[2].fields[1].max_length == 20
    assert await service.find_definition(CARD, 1) == first


@pytest.mark.promise("CAT-06")
async def test_an_older_version_has_the_present_state(
    service: CatalogueService, folder: Path, database: Database
) -> None:
    lengthen(folder)
    await service.load_definitions(folder.parent)
    assert (await service.find_definition(CARD, 1)).state is State.PUBLISHED
    (folder / f"{CARD}.yaml").unlink()
    await service.load_definitions(folder.parent)
    assert (await service.find_definition(CARD, 1)).state is State.WITHDRAWN
    assert await service.find_current(CARD) is None


@pytest.mark.parametrize(
    ("procedure_id", "version"),
    [("inconnue", 1), (CARD, 0), (CARD, -1), (CARD, 3), (CARD, 2**80)],
)
async def test_it_knows_no_other_version(
    service: CatalogueService, procedure_id: str, version: int
) -> None:
    with pytest.raises(ProcedureNotFound):
        await service.find_definition(procedure_id, version)


async def test_faulty_files_leave_the_catalogue_as_it_is(
    service: CatalogueService, folder: Path
) -> None:
    (folder / f"{CARD}.yaml").write_text("id: carte-decheterie\n")
    with pytest.raises(FaultyDefinitions, match=r"carte-decheterie\.yaml:1: kind: is missing"):
        await service.load_definitions(folder.parent)
    assert len((await service.read_catalogue()).shown) == 3
