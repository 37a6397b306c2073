"""One launcher at a time in a folder."""

import fcntl
import os
from pathlib import Path
from typing import IO

from deploy.local.errors import LocalError


class FolderLock:
    """The lock of `folder`, a file naming its holder; the kernel frees it when the holder dies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: IO[str] | None = None

    def take(self) -> int | None:
        """Take the lock or raise LocalError.

        Return the process number of a former holder that died without letting go, else None.
        """
        file = (self.folder / "lock").open("a+")
        file.seek(0)
        holder = file.read().strip()
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise LocalError(
                f"Parvis already runs in {self.folder} (process {holder or 'unknown'}): stop it "
                "with Ctrl-C or `kill`, or name another folder with PARVIS_LOCAL_FOLDER."
            ) from None
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        self._file = file
        return int(holder) if holder.isdigit() else None

    def release(self) -> None:
        """Let go; the file stays, empty, because removing it would race with the next taker."""
        if self._file is not None:
            self._file.seek(0)
            self._file.truncate()
            self._file.close()
            self._file = None
