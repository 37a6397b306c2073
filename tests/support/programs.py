"""Programs that the tests need from the system, installed from Debian when we are root.

`python -m tests.support.programs chromium w3m` installs those that are missing.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# name here -> names that the program may have
PROGRAMS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome"),
    "w3m": ("w3m",),
}
INSTALL_SECONDS = 900


class ProgramMissing(RuntimeError):
    """A program is neither there nor can be installed; the message says what to do."""


def program(name: str) -> Path:
    """Return the path of a program, installing it first where that is possible."""
    if found := _find(name):
        return found
    # one lock for the machine: apt serves one customer at a time
    with (Path(tempfile.gettempdir()) / "parvis-apt.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if (found := _find(name)) is None:
            _install(name)
            found = _find(name)
    if found is None:
        raise ProgramMissing(f"{name} is still missing after its installation: see `apt-get`.")
    return found


def _find(name: str) -> Path | None:
    folders = os.pathsep.join([os.environ.get("PATH", ""), "/usr/bin", "/usr/local/bin"])
    for candidate in PROGRAMS[name]:
        if path := shutil.which(candidate, path=folders):
            return Path(path)
    return None


def _install(name: str) -> None:
    apt = shutil.which("apt-get", path="/usr/bin:/bin")
    if apt is None or os.geteuid() != 0:
        raise ProgramMissing(
            f"The tests need {name}. As root, run: apt-get update && apt-get install -y {name}"
        )
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", name]):
        done = subprocess.run(
            [apt, "-q", *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=INSTALL_SECONDS,
        )
        if done.returncode != 0:
            raise ProgramMissing(f"apt-get {' '.join(words)} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    for wanted in sys.argv[1:]:
        print(f"{wanted}: {program(wanted)}")
