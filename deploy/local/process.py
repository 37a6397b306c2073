"""What a supervised process is, and how it is started tied to the launcher's life."""

import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.account import Account

_TETHER = str(Path(__file__).with_name("tether.py"))

# for servers whose data is thrown away, reachable from this machine only
NO_SECRET = "local"  # noqa: S105 - it is none

Probe = Callable[[], Awaitable[bool]]


@dataclass(frozen=True)
class ProcessSpec:
    """One process of the stack, as data.

    `ready` answers whether it does its work (None: as soon as it runs). `once`: it is a task that
    ends by itself, done when it exits with 0. `after` names what must be ready or done before the
    first start. Stages stop from the highest to the lowest. `stop_signal` asks it to end
    gracefully; `death_signal` is what it gets when the launcher itself is killed.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    folder: Path | None = None
    account: Account | None = None
    ready: Probe | None = None
    once: bool = False
    after: tuple[str, ...] = ()
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGKILL
    stage: int = 0


def tethered(spec: ProcessSpec) -> list[str]:
    """Return the arguments that start the process of `spec` tied to the calling process.

    The tie is to the *thread* that starts it (Linux): start it from one that lives long enough.
    """
    user, group = (spec.account.user, spec.account.group) if spec.account else (0, 0)
    numbers = [int(spec.death_signal), os.getpid(), user, group]
    return [sys.executable, "-I", "-S", _TETHER, *map(str, numbers), *spec.command]
