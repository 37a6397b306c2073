"""The shipped authority's texts are published by `seed`, and only as new versions afterwards."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from authority.profile import default_folder
from chassis.database import Database
from services.legal.documents.service import DocumentService
from tests.services.legal.conftest import TERMS
from tests.support.environment import REPOSITORY

SLUGS = {
    *("mentions-legales", TERMS, "confidentialite", "cookies", "accessibilite"),
    *("propriete-intellectuelle", "declaration-honneur", "partenaires"),
}


def seed(environment: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "services.legal", "seed"],
        cwd=REPOSITORY,
        env=os.environ | environment | {"PARVIS_AUTHORITY_FOLDER": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.promise("LEG-01")
async def test_it_publishes_every_text_in_both_languages(
    documents: DocumentService, legal_environment: dict[str, str]
) -> None:
    for _ in range(2):
        done = seed(legal_environment, default_folder())
        assert done.returncode == 0, done.stderr
    for language in ("fr", "en"):
        found = await documents.list_documents(language)
        assert {one.slug for one in found.documents} == SLUGS
        for one in found.documents:
            page = await documents.read_document(one.slug, language)
            assert page.html
            assert "{{" not in page.html
            assert one.languages == ["fr", "en"]


@pytest.mark.promise("LEG-03")
async def test_it_names_the_file_of_a_text_changed_while_in_force(
    database: Database, legal_environment: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "authority"
    shutil.copytree(default_folder(), folder)
    assert seed(legal_environment, folder).returncode == 0
    changed = folder / "legal" / TERMS / "v1.fr.md"
    changed.write_text(changed.read_text() + "\nEt une ligne de plus.\n")
    done = seed(legal_environment, folder)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"{TERMS}/v1.fr.md: version 1 is in force since" in done.stderr
    assert "publish the new text as a higher version" in done.stderr


async def test_it_names_a_translation_that_is_missing(
    legal_environment: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "authority"
    shutil.copytree(default_folder(), folder)
    (folder / "legal" / "cookies" / "v1.en.md").unlink()
    done = seed(legal_environment, folder)
    assert done.returncode != 0
    assert "cookies" in done.stderr
    assert "Traceback" not in done.stderr
