"""The files of the authority and what staff published: a restart overwrites nothing (CAT-06)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from chassis.database import Database
from services.procedures.catalogue.definition_files import SourceDefinition, SourceFolder
from services.procedures.catalogue.definition_schema import load_definition
from services.procedures.catalogue.loading import CatalogueLoader, Loading
from services.procedures.editing.writing import write_definition
from tests.services.procedures.editing.conftest import Editors, put
from tests.services.procedures.portal import CARD, SetClock

pytestmark = pytest.mark.promise("CAT-06", "CAT-07")


def with_file(source: SourceFolder, document: Mapping[str, Any] | None) -> SourceFolder:
    """The shipped folder with another file for the card, or without it."""
    others = [one for one in source.definitions if one.definition.id != CARD]
    made = [SourceDefinition(load_definition(document), document)] if document else []
    return replace(source, definitions=[*others, *made])


def own(source: SourceFolder) -> dict[str, Any]:
    return dict(next(one.document for one in source.definitions if one.definition.id == CARD))


@pytest.fixture
def loader(seeded: Database, clock: SetClock) -> CatalogueLoader:
    return CatalogueLoader(seeded, clock)


async def published(editors: Editors) -> dict[str, Any]:
    return await editors.approve(await editors.submit(await editors.retitled("Le titre d’ici")))


async def test_a_restart_never_overwrites_what_staff_published(
    editors: Editors, loader: CatalogueLoader, shipped: SourceFolder
) -> None:
    await published(editors)
    for source in (
        shipped,
        with_file(shipped, {**own(shipped), "cost": {"fr": "Rien", "en": "None"}}),
        with_file(shipped, None),
    ):
        loading = await loader.load_folder(source)
        assert not loading.changed
        assert loading in (Loading(kept=(CARD,)), Loading())
        assert (await editors.public())["title"] == "Le titre d’ici"
    assert (await editors.public())["version"] == 2


async def test_a_procedure_made_in_the_browser_survives_a_restart(
    editors: Editors, loader: CatalogueLoader, shipped: SourceFolder
) -> None:
    document = {**own(shipped), "id": "carte-pro", "keywords": {"fr": "pro", "en": "pro"}}
    draft = await editors.begin(source=write_definition(document))
    await editors.approve(await editors.submit(draft))
    assert await loader.load_folder(shipped) == Loading()
    assert (await editors.public("carte-pro"))["version"] == 1


async def test_a_file_that_says_the_same_takes_the_procedure_back(
    editors: Editors, loader: CatalogueLoader, shipped: SourceFolder
) -> None:
    await published(editors)
    same = {**own(shipped), "title": {**own(shipped)["title"], "fr": "Le titre d’ici"}}
    loading = await loader.load_folder(with_file(shipped, same))
    assert loading == Loading(handed_back=(CARD,))
    # from then on the file makes the versions again
    another = {**same, "cost": {"fr": "Rien", "en": "None"}}
    assert (await loader.load_folder(with_file(shipped, another))).new_versions == (CARD,)


async def test_a_state_that_staff_gave_outlives_a_publication_and_a_restart(
    editors: Editors, loader: CatalogueLoader, shipped: SourceFolder
) -> None:
    suspension = {"since": "2026-11-20", "until": None, "reason": {"fr": "Panne.", "en": "Out."}}
    path, body = f"/staff/procedures/{CARD}/state", {"state": "suspended", "suspension": suspension}
    await editors.good("PUT", path, body, editors.second)
    draft = await editors.change(await editors.begin(), put(["cost", "fr"], "Rien"))
    await editors.approve(await editors.submit(draft))
    await loader.load_folder(shipped)
    shown = await editors.public()
    assert (shown["availability"]["state"], shown["version"]) == ("suspended", 2)
