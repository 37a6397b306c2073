"""Print each promise of docs/promises.yaml with the tests that prove it."""

import contextlib
import io
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.support.promises import report


class Collected:
    """A pytest plugin that keeps the tests found."""

    def __init__(self) -> None:
        self.items: list[pytest.Item] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Keep them; pytest calls this once every test is found."""
        self.items = list(session.items)


def main() -> int:
    """Collect the tests without running them, then print the report."""
    collected = Collected()
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = pytest.main(["--collect-only", "-qq", *sys.argv[1:]], plugins=[collected])
    if code != pytest.ExitCode.OK:
        print(said.getvalue())
        return int(code)
    print("\n".join(report(collected.items)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
