"""One launcher at a time in a folder; a dead one is replaced; reset removes only what is ours."""

import os
from pathlib import Path

import pytest

from deploy.local.errors import LocalError
from deploy.local.lock import FolderLock
from deploy.local.reset import reset


def test_it_refuses_a_second_launcher_and_names_the_first(tmp_path: Path) -> None:
    first = FolderLock(tmp_path)
    assert first.take() is None
    with pytest.raises(LocalError, match=rf"already runs in .*process {os.getpid()}"):
        FolderLock(tmp_path).take()
    first.release()
    assert first.take() is None
    first.release()


def test_it_takes_over_from_a_launcher_that_died(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("4194305")  # whoever that was, the kernel freed its lock
    lock = FolderLock(tmp_path)
    assert lock.take() == 4194305
    lock.release()


def test_it_refuses_to_reset_while_running(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    lock.take()
    (tmp_path / "postgres").mkdir()
    with pytest.raises(LocalError, match="already runs"):
        reset(tmp_path)
    assert (tmp_path / "postgres").exists()
    lock.release()
    assert reset(tmp_path)
    assert not tmp_path.exists()


def test_it_resets_only_what_the_launcher_made(tmp_path: Path) -> None:
    assert not reset(tmp_path)
    (tmp_path / "lock").touch()
    (tmp_path / "photographs").mkdir()
    assert reset(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["photographs"]
