"""Strikes between two lines of our own sources: the first point where none struck before.

A point is a line together with the asynchronous calls that led to it: the same line of a repository
is another point when another step of a use case reaches it. Nothing is listed by hand: a line that
is added tomorrow is a point tomorrow.
"""

import dis
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import CodeType, FrameType
from typing import Any

from tests.support.environment import REPOSITORY

SOURCES = tuple(f"{REPOSITORY / name}/" for name in ("authority", "chassis", "services"))
WAITING = inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
Point = tuple[str, ...]


class Crash(Exception):
    """What a line raises in the place of its work."""


def raise_there(point: Point) -> None:
    """Strike with an error."""
    raise Crash(point[0])


class Strikes:
    """`struck` are the points met so far; `strike` is done at each new one, once while `armed`.

    `without` are parts of the paths of sources to leave alone. A strike that raises leaves the
    points of `exits` alone too.
    """

    def __init__(
        self, strike: Callable[[Point], None], without: tuple[str, ...] = (), *, raises: bool = True
    ) -> None:
        self.struck: set[Point] = set()
        self._strike = strike
        self._without = without
        self._raises = raises

    @contextmanager
    def armed(self) -> Iterator[None]:
        """Strike once in what this thread runs until the end of the block."""
        former = sys.gettrace()
        sys.settrace(self._entered)
        try:
            yield
        finally:
            sys.settrace(former)

    def _entered(self, frame: FrameType, _event: str, _argument: Any) -> Any:
        return self._reached if self._is_ours(frame.f_code.co_filename) else None

    def _is_ours(self, path: str) -> bool:
        return path.startswith(SOURCES) and not any(part in path for part in self._without)

    def _reached(self, frame: FrameType, event: str, _argument: Any) -> Any:
        if event != "line" or (self._raises and frame.f_lasti in exits(frame.f_code)):
            return self._reached
        point = _point(frame)
        if point not in self.struck:
            self.struck.add(point)
            sys.settrace(None)
            self._strike(point)
            return None
        return self._reached


def _point(frame: FrameType) -> Point:
    places = [_place(frame)]
    caller = frame.f_back
    while caller is not None:
        if caller.f_code.co_flags & WAITING and caller.f_code.co_filename.startswith(SOURCES):
            places.append(_place(caller))
        caller = caller.f_back
    return tuple(places)


def _place(frame: FrameType) -> str:
    path = frame.f_code.co_filename.removeprefix(f"{REPOSITORY}/")
    return f"{path}:{frame.f_lineno} {frame.f_code.co_qualname}"


@cache
def exits(code: CodeType) -> frozenset[int]:
    """Return where a `with` is left without an error: Python itself lets nothing be raised there.

    The interpreter comes back to the line of the `with` to pass three Nones to its `__exit__`; a
    process that is killed there is another matter than an error.
    """
    steps = [step for step in dis.get_instructions(code) if step.opname != "CACHE"]
    return frozenset(
        first.offset
        for first, second, third in zip(steps, steps[1:], steps[2:], strict=False)
        if all(s.opname == "LOAD_CONST" and s.argval is None for s in (first, second, third))
    )
