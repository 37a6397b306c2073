"""Run a command that dies with the process that started it, even when that one is SIGKILLed.

``python -I -S tether.py SIGNAL PARENT_PID UID GID COMMAND...`` drops to the given user (0 = stay),
asks Linux to send SIGNAL when the parent goes (prctl PR_SET_PDEATHSIG), then becomes COMMAND: no
process is left between. Standard library only: it is run as a file, before any package is found.
"""

# imported before the change of user, who may not be able to read Python's own folder
import ctypes
import os
import sys

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Become the command; `arguments` are the numbers and the command named above."""
    death_signal, parent, user, group = (int(value) for value in arguments[:4])
    if user:
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)
    # after the change of user, which makes the kernel forget the death signal
    _ask_for_death_signal(death_signal, parent)
    os.execv(arguments[4], arguments[4:])  # noqa: S606 - no shell is meant


def _ask_for_death_signal(death_signal: int, parent: int) -> None:
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent:  # it died before we asked: no signal will ever come
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
