"""A copy of the house in which faults are planted."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.environment import REPOSITORY

PARTS = ("chassis", "authority", "gateway", "services", "deploy", "tests", "tools", "docs")
Check = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The sources as they are now, to be spoilt at will."""
    root = tmp_path / "house"
    root.mkdir()
    shutil.copy(REPOSITORY / "pyproject.toml", root)
    for part in PARTS:
        if (REPOSITORY / part).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.pyc", "*.mo", "node_modules")
            shutil.copytree(REPOSITORY / part, root / part, ignore=ignored)
    return root


@pytest.fixture
def check(house: Path) -> Check:
    """Run a Python module or script in the copy: `check("-m", "ruff", "check", "gateway")`."""

    def run(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words],
            cwd=house,
            env=os.environ | {"PYTHONPATH": str(house), "COLUMNS": "200"} | settings,
            capture_output=True,
            text=True,
            check=False,
        )

    return run
