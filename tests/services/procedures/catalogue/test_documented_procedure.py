"""The example of docs/procedure-definitions.md, at its word, from the file to the decision."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from authority.profile import AuthorityProfile, default_folder
from chassis.database import Database
from services.procedures.catalogue.definition_files import SourceFolder, read_definitions
from services.procedures.catalogue.loading import CatalogueLoader
from tests.services.procedures.office import Desk, agent, journal
from tests.services.procedures.portal import Portal
from tests.support.environment import REPOSITORY

pytestmark = pytest.mark.promise("CAT-01", "CAT-06")

GUIDE = REPOSITORY / "docs" / "procedure-definitions.md"
EXAMPLE = re.compile(r"```yaml\n(id: .*?)```", re.DOTALL)
PERSON = {"family_name": "Pagnol", "given_name": "Manon", "email": "manon@example.org"}


def written(folder: Path, profile: AuthorityProfile) -> SourceFolder:
    """The folder that step 2 makes, the example alone in it."""
    found = EXAMPLE.search(GUIDE.read_text())
    assert found is not None, "the guide has lost its example"
    name = yaml.safe_load(found[1])["id"]
    assert f"procedures/{name}.yaml" in GUIDE.read_text()
    for shared in ("_vocabulary", "_shared"):
        shutil.copy(default_folder() / "procedures" / f"{shared}.yaml", folder)
    (folder / f"{name}.yaml").write_text(found[1])
    return read_definitions(folder, profile)


async def test_the_example_works_as_it_is_written(
    portal: Portal,
    seeded: Database,
    shipped: SourceFolder,
    profile: AuthorityProfile,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "written"
    folder.mkdir()
    source = written(folder, profile)
    assert source.faults == []
    (example,) = source.definitions
    everything = replace(shipped, definitions=[*shipped.definitions, example])
    loading = await CatalogueLoader(seeded, portal.clock).load_folder(everything)
    assert loading.new_versions == (example.definition.id,)
    portal.clock.seconds += 3
    name = example.definition.id
    shown = await portal.call("GET", f"/procedures/{name}")
    assert shown.status == 200
    draft = await portal.start(name)
    assert (await portal.save(draft, "vous", PERSON)).status == 200
    assert (await portal.save(draft, "gilet", {"size": "child"})).status == 422, "the age is asked"
    assert (await portal.save(draft, "gilet", {"size": "child", "age": "7"})).status == 200
    filed = await portal.file(draft)
    assert filed.status == 200, await filed.text()
    desk = Desk(portal, agent(example.definition.service))
    await desk.take(draft)
    await desk.must(draft, "accept", reason="Le gilet vous attend au guichet.")
    assert (await journal(portal, draft))["state"] == "accepted"
