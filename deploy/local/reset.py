"""Forget everything local: data, keys, logs, mails."""

import shutil
from contextlib import suppress
from pathlib import Path

from deploy.local.errors import LocalError
from deploy.local.lock import FolderLock

# only what the launcher makes: the folder may have been named by mistake
_OURS = (
    *("postgres", "redis", "mailbox", "blobs", "erasures", "keys", "logs"),
    *("secrets.json", "demo-sign-ins.json"),
)


def reset(folder: Path) -> bool:
    """Remove what the launcher keeps in `folder`, which nobody must be using; False if nothing."""
    if not (folder / "lock").exists():
        return False
    lock = FolderLock(folder)
    lock.take()
    try:
        for name in _OURS:
            _remove(folder / name)
        (folder / "lock").unlink()
    except OSError as error:
        raise LocalError(f"Cannot remove {error.filename}: {error.strerror}.") from None
    finally:
        lock.release()
    with suppress(OSError):  # something else is kept there: it is not ours to remove
        folder.rmdir()
    return True


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
