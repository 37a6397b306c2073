"""Argon2id off the event loop, in few threads and behind a short queue.

Each hash takes `memory_kib`: without the bound, a flood of sign-ins would exhaust the machine.
"""

import asyncio
import os
import sys
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from services.identity.credentials.model import SignInsBusy

T = TypeVar("T")

BUSY_SECONDS = 2
# what hashes gets a tenth of a processor that others want, and all of one that they leave
NICE, NICEST = 10, 19

log = structlog.get_logger()


@dataclass(frozen=True)
class HashingSettings:
    """Cost of a hash, how many are computed at a time, how many wait. RFC 9106, OWASP."""

    memory_kib: int = 65536
    iterations: int = 3
    lanes: int = 1
    workers: int = 2
    waiting: int = 32


class PasswordHashing:
    """Hashes and verifies passwords."""

    def __init__(self, settings: HashingSettings) -> None:
        self._hasher = PasswordHasher(
            time_cost=settings.iterations,
            memory_cost=settings.memory_kib,
            parallelism=settings.lanes,
            type=Type.ID,
        )
        self._threads = ThreadPoolExecutor(
            settings.workers, thread_name_prefix="argon2", initializer=_give_way
        )
        self._places = settings.workers + settings.waiting
        self._taken = 0
        # what the password of nobody is compared with: the same work as for somebody's
        self._dummy = self._hasher.hash("")

    def close(self) -> None:
        """End the threads, once they have finished what they compute."""
        self._threads.shutdown(cancel_futures=True)

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Take a place among those who are served or wait, or raise `SignInsBusy` at once."""
        if self._taken >= self._places:
            raise SignInsBusy(BUSY_SECONDS)
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1

    async def hash(self, password: str) -> str:
        """Return the hash of a password in NFC."""
        return await self._run(self._hasher.hash, password)

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Say whether the hash is this password's; None costs the same work and is never it."""
        return await self._run(self._verify, password, password_hash)

    def is_outdated(self, password_hash: str) -> bool:
        """Say whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    async def check(self) -> Mapping[str, Any]:
        """Health detail: how many sign-ins are served or wait, and how many may."""
        return {"taken": self._taken, "places": self._places}

    def _verify(self, password: str, password_hash: str | None) -> bool:
        try:
            self._hasher.verify(password_hash or self._dummy, password)
        except VerifyMismatchError:
            return False
        except InvalidHashError:
            log.error("a stored password hash cannot be read")
            return False
        return password_hash is not None

    async def _run(self, work: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)


def _give_way() -> None:
    """Let every other thread of the machine go first: a page is short, a hash is long."""
    if sys.platform == "linux":  # elsewhere the niceness is the whole process's
        thread = threading.get_native_id()
        nicer = os.getpriority(os.PRIO_PROCESS, thread) + NICE
        os.setpriority(os.PRIO_PROCESS, thread, min(nicer, NICEST))
