"""The shipped authority, and a copy of it to break."""

import shutil
from pathlib import Path

import pytest

from authority.profile import default_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped authority's folder, without its procedures."""
    made = tmp_path / "authority"
    shutil.copytree(default_folder(), made, ignore=shutil.ignore_patterns("procedures"))
    return made
