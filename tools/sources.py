"""The project's own Python files, parsed, for the checks of this folder."""

import ast
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDERS = ("chassis", "authority", "gateway", "services", "deploy", "tests", "tools")


@dataclass(frozen=True)
class Source:
    """A file: `path` from the root with slashes, its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module


def check(faults_of: Callable[[Source], Iterable[str]]) -> int:
    """Print the faults of every file under the first argument (or here); return the exit code."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    faults = [fault for path in _files(root) for fault in _faults(root, path, faults_of)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def _files(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted((root / folder).rglob("*.py"))


def _faults(root: Path, path: Path, faults_of: Callable[[Source], Iterable[str]]) -> Iterable[str]:
    shown = path.relative_to(root).as_posix()
    text = path.read_text(encoding="utf-8")
    try:
        tree = ast.parse(text, shown)
    except SyntaxError as error:
        return [f"{shown}:{error.lineno}: not valid Python: {error.msg}"]
    return faults_of(Source(shown, text, tree))
