"""One run of the tests: a folder shared by its workers, and locks between them."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_VARIABLE = "PARVIS_TEST_RUN"


def begin() -> None:
    """Make the folder of a run (in its controller: workers inherit the variable)."""
    for name in [name for name in os.environ if name.startswith("PARVIS_")]:
        if not name.startswith("PARVIS_TEST_"):
            del os.environ[name]  # a developer's own settings are not the tests'
    os.environ[_VARIABLE] = tempfile.mkdtemp(prefix="parvis-tests-")


def end() -> None:
    """Remove the folder with all that the run left in it."""
    shutil.rmtree(folder(), ignore_errors=True)


def folder() -> Path:
    """Return the folder of the present run."""
    return Path(os.environ[_VARIABLE])


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Let one worker of this run at a time do what `name` says."""
    with (folder() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
