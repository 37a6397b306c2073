"""TCP ports on the loopback interface: finding free ones, telling who holds a taken one."""

import random
import socket
from contextlib import suppress
from pathlib import Path

HOST = "127.0.0.1"
# how browsers name this machine: passkeys take a name, not a number
NAME = "localhost"

# below the range from which the system takes the ports of outgoing connections
_CANDIDATES = range(10_000, 32_000)


def free_port() -> int:
    """Return a port that nobody listens on now."""
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """Return `count` different ports that nobody listens on now."""
    found: list[int] = []
    for port in random.SystemRandom().sample(_CANDIDATES, len(_CANDIDATES)):
        if len(found) == count:
            break
        if not is_taken(port):
            found.append(port)
    return found


def is_taken(port: int) -> bool:
    """Return whether a server could not listen on `port` now."""
    with socket.socket() as probe:
        # as servers do: a closed connection lingering from a former run does not count
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen(1)
        except OSError:
            return True
    return False


def holder(port: int) -> str:
    """Return "process 123 (name)" for the listener on `port`, or "another process" if unseen."""
    sockets = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # ended meanwhile, or another user's
            if any(_target(link) in sockets for link in (process / "fd").iterdir()):
                return f"process {process.name} ({(process / 'comm').read_text().strip()})"
    return "another process"


def _target(link: Path) -> str:
    """Return what an open file of a process is; nothing once it is closed."""
    try:
        return str(link.readlink())
    except OSError:
        return ""


def _listening_inodes(port: int) -> set[str]:
    """Read the kernel's table of sockets: the inodes of those that listen on `port`."""
    inodes = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        lines = table.read_text().splitlines()[1:] if table.exists() else []
        for columns in map(str.split, lines):
            listens = columns[3] == "0A"
            if listens and int(columns[1].rpartition(":")[2], 16) == port:
                inodes.add(columns[9])
    return inodes
