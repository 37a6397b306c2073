"""What must hold before anything is started, each fault in one line."""

import os
import shutil
import time
from pathlib import Path

from deploy.local.errors import LocalError
from deploy.local.ports import holder, is_taken
from deploy.local.settings import Settings, port_setting

NEEDED_DISK_BYTES = 300 * 1024 * 1024


def make_folder(folder: Path) -> None:
    """Make the local folder, and check that files can be written in it."""
    probe = folder / f".writable-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise LocalError(
            f"Cannot write in {folder} ({error.strerror}): make it writable, "
            "or name another folder with PARVIS_LOCAL_FOLDER."
        ) from None


def check_disk(folder: Path, needed: int = NEEDED_DISK_BYTES) -> None:
    """Refuse to start on a disk about to be full (`needed` bytes)."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise LocalError(
            f"Only {free >> 20} MB free on the disk of {folder}, {needed >> 20} MB needed: "
            "make room, or name another folder with PARVIS_LOCAL_FOLDER."
        )


def check_ports(settings: Settings, patience: float = 0.0) -> None:
    """Refuse taken ports, after `patience` seconds left to a former run that is still stopping."""
    deadline = time.monotonic() + patience
    while taken := _taken(settings):
        if time.monotonic() >= deadline:
            raise LocalError("\n".join(_line(name, port) for name, port in taken.items()))
        time.sleep(0.1)


def _taken(settings: Settings) -> dict[str, int]:
    return {name: port for name, port in settings.needed_ports().items() if is_taken(port)}


def _line(name: str, port: int) -> str:
    return (
        f"Port {port} ({name}) is taken by {holder(port)}: stop it, set {port_setting(name)}, "
        "or start with --port-offset 100."
    )
