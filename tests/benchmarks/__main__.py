"""`make bench`: every row, in one run; `make bench ARGS="--seconds 2 public_page"` for some."""

import argparse
import tempfile
from pathlib import Path

import uvloop

from tests.benchmarks.rows import ROWS, Bench, Row
from tests.benchmarks.surroundings import running_portal


def main() -> None:
    """Run the rows that were asked for (all by default) and print them as a table."""
    names = [row.__name__ for row in ROWS]
    arguments = argparse.ArgumentParser(prog="make bench", description=__doc__)
    arguments.add_argument("--seconds", type=float, default=5.0, help="of each measure")
    arguments.add_argument("rows", nargs="*", help=", ".join(names))
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as folder:
        place = Path(folder)
        with running_portal(place / "stack") as stack:
            uvloop.run(_measure(Bench(stack, place, asked.seconds), asked.rows or names))


async def _measure(bench: Bench, names: list[str]) -> None:
    for row in ROWS:
        if row.__name__ in names:
            print(_line(await row(bench)), flush=True)


def _line(row: Row) -> str:
    return f"| {row.work} | {row.figure} | {row.beside} | {row.ratio:.2f} | {row.reach} |"


if __name__ == "__main__":
    main()
