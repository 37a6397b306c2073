"""Refuse source files and functions that are too long to be read at once.

`python tools/check_sizes.py [folder]`: one line per fault, exit code 1 when there is any.
"""

import ast
import sys
from collections.abc import Iterator

from sources import Source, check

FILE_LINES = 250
FUNCTION_LINES = 40
# a journey is told in one breath
TEST_FUNCTION_LINES = 60


def faults_of(source: Source) -> Iterator[str]:
    """Yield one line for each limit that the file breaks."""
    lines = len(source.text.splitlines())
    if lines > FILE_LINES:
        yield f"{source.path}: the file has {lines} lines, {FILE_LINES} at most: split it."
    limit = TEST_FUNCTION_LINES if source.path.startswith("tests/") else FUNCTION_LINES
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > limit:
                yield (
                    f"{source.path}:{node.lineno}: the function {node.name} has {length} lines, "
                    f"{limit} at most: give its parts names."
                )


if __name__ == "__main__":
    sys.exit(check(faults_of))
