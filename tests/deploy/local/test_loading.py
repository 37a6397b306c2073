"""Loading the procedures needs a portal that was run here."""

from pathlib import Path

import pytest

from deploy.local.errors import LocalError
from deploy.local.loading import load_procedures
from deploy.local.settings import read_settings


def test_it_says_that_no_portal_was_run_and_makes_nothing(tmp_path: Path) -> None:
    settings = read_settings({"PARVIS_LOCAL_FOLDER": str(tmp_path / "none")}, 0, verbose=False)
    with pytest.raises(LocalError, match="make run"):
        load_procedures(settings)
    assert not (tmp_path / "none").exists()
