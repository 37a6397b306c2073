"""The unprivileged system user that PostgreSQL, which refuses root, runs as when we are root."""

import contextlib
import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from deploy.local.errors import LocalError

_NAME = "parvis-postgres"


@dataclass(frozen=True)
class Account:
    """A system user: its name and numbers."""

    name: str
    user: int
    group: int


def unprivileged_account() -> Account | None:
    """Return the user to run PostgreSQL as (made at first need), or None when we are not root."""
    if os.geteuid() != 0:
        return None
    entry = _find(_NAME) or _create(_NAME) or _find("nobody")
    if entry is None:
        raise LocalError(
            f"PostgreSQL refuses to run as root and the user {_NAME} could not be created: "
            f"run `useradd --system {_NAME}`, or start as an ordinary user."
        )
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def give(account: Account | None, path: Path) -> None:
    """Make `account` the owner of `path`, and every folder above passable to it (not readable)."""
    if account is None:
        return
    os.chown(path, account.user, account.group)
    make_passable(account, path)


def make_passable(account: Account | None, path: Path) -> None:
    """Let `account` pass through the folders above `path`, which root may keep to itself."""
    if account is None:
        return
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def _find(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _create(name: str) -> pwd.struct_passwd | None:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
    with contextlib.suppress(FileNotFoundError):
        # a failure may mean that another launcher made it a moment ago: looking again tells
        subprocess.run(command, check=False, capture_output=True)
    return _find(name)
