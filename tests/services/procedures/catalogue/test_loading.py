"""Procedure files become versions in the database."""

import asyncio
from pathlib import Path

import pytest

from authority.profile import AuthorityProfile
from chassis.database import Database
from services.procedures.catalogue.definition_files import SourceFolder, read_definitions
from services.procedures.catalogue.loading import CatalogueLoader, Loading
from services.procedures.catalogue.model import State
from services.procedures.catalogue.repository import CatalogueRepository, StoredProcedure
from tests.services.procedures.catalogue.conftest import SetClock

pytestmark = pytest.mark.promise("CAT-07")

CARD, COMPOSTER, BILL = "carte-decheterie", "composteur-bac", "paiement-facture-eau"
SUSPENDED = """state: suspended
suspension:
  since: 2026-11-20
  until: 2026-12-01
  reason: {fr: Travaux., en: Works.}
"""


class Loads:
    """A folder, and the database that it is loaded into."""

    def __init__(self, folder: Path, profile: AuthorityProfile, database: Database) -> None:
        self.folder = folder
        self.profile = profile
        self.database = database
        self.loader = CatalogueLoader(database, SetClock())

    def read(self) -> SourceFolder:
        return read_definitions(self.folder, self.profile)

    async def load(self) -> Loading:
        return await self.loader.load_folder(self.read())

    def change(self, name: str, written: str, new: str) -> None:
        path = self.folder / f"{name}.yaml"
        text = path.read_text()
        assert written in text
        path.write_text(text.replace(written, new, 1))

    async def stored(self) -> dict[str, StoredProcedure]:
        async with self.database.connection() as connection:
            found = await CatalogueRepository().list_procedures(connection)
        return {procedure.id: procedure for procedure in found}

    async def revision(self) -> int:
        async with self.database.connection() as connection:
            return await CatalogueRepository().find_revision(connection)


@pytest.fixture
def loads(folder: Path, profile: AuthorityProfile, database: Database) -> Loads:
    return Loads(folder, profile, database)


async def test_the_first_loading_makes_first_versions(loads: Loads) -> None:
    loading = await loads.load()
    assert loading == Loading(new_versions=(CARD, COMPOSTER, BILL), vocabulary_changed=True)
    assert {found.version for found in (await loads.stored()).values()} == {1}
    assert await loads.revision() == 1


async def test_unchanged_files_change_nothing(loads: Loads) -> None:
    await loads.load()
    before = await loads.stored()
    assert not (await loads.load()).changed
    assert await loads.stored() == before
    assert await loads.revision() == 1


async def test_a_changed_file_makes_a_version_and_keeps_the_former(loads: Loads) -> None:
    await loads.load()
    loads.change(CARD, "max_length: 20", "max_length: 25")
    assert await loads.load() == Loading(new_versions=(CARD,))
    assert (await loads.stored())[CARD].version == 2
    async with loads.database.connection() as connection:
        first = await CatalogueRepository().find_version(connection, CARD, 1)
    assert first is not None
    assert first["form"]["pages"][2]["fields"][1]["max_length"] == 20


async def test_a_shared_question_changes_every_procedure_that_asks_it(loads: Loads) -> None:
    await loads.load()
    loads.change("_shared", "Indiquez votre prénom.", "Donnez votre prénom.")
    assert (await loads.load()).new_versions == (CARD, COMPOSTER)


@pytest.mark.promise("CAT-06")
async def test_a_suspension_makes_no_version(loads: Loads) -> None:
    await loads.load()
    loads.change(CARD, "service: dechets\n", f"service: dechets\n{SUSPENDED}")
    assert await loads.load() == Loading(changed_states=(CARD,))
    card = (await loads.stored())[CARD]
    assert (card.version, card.state) == (1, State.SUSPENDED)
    assert card.suspension is not None
    assert card.suspension["since"] == "2026-11-20"


@pytest.mark.promise("CAT-06")
async def test_what_staff_suspended_stays_so_when_the_text_changes(loads: Loads) -> None:
    await loads.load()
    suspension = {"since": "2026-11-20", "reason": {"fr": "Panne.", "en": "Failure."}}
    async with loads.database.transaction() as connection:
        await connection.execute(
            "UPDATE procedures SET state = 'suspended', suspension = $1 WHERE id = $2",
            suspension,
            CARD,
        )
    loads.change(CARD, "max_length: 20", "max_length: 25")
    assert await loads.load() == Loading(new_versions=(CARD,))
    card = (await loads.stored())[CARD]
    assert (card.version, card.state, card.suspension) == (2, State.SUSPENDED, suspension)


async def test_a_removed_file_withdraws_and_its_return_brings_back(loads: Loads) -> None:
    await loads.load()
    text = (loads.folder / f"{CARD}.yaml").read_text()
    (loads.folder / f"{CARD}.yaml").unlink()
    assert await loads.load() == Loading(withdrawn=(CARD,))
    assert not (await loads.load()).changed
    assert (await loads.stored())[CARD].state is State.WITHDRAWN
    (loads.folder / f"{CARD}.yaml").write_text(text)
    assert await loads.load() == Loading(changed_states=(CARD,))
    card = (await loads.stored())[CARD]
    assert (card.version, card.state) == (1, State.PUBLISHED)


async def test_concurrent_loadings_make_one_version(loads: Loads) -> None:
    await loads.load()
    loads.change(CARD, "max_length: 20", "max_length: 25")
    source = loads.read()
    loadings = await asyncio.gather(*[loads.loader.load_folder(source) for _ in range(8)])
    assert [loading.new_versions for loading in loadings if loading.changed] == [(CARD,)]
    assert (await loads.stored())[CARD].version == 2
    assert await loads.revision() == 2


async def test_it_refuses_to_load_faults(loads: Loads) -> None:
    loads.change(CARD, "kind: internal", "kind: interne")
    with pytest.raises(ValueError, match="faults"):
        await loads.load()
    assert await loads.stored() == {}
