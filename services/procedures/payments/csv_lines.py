"""CSV of spreadsheets: read whatever its separator, written without formulas."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from chassis.errors import DomainError

MAX_LINES = 20_000
# a cell that begins so would be a formula in a spreadsheet
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class FileUnreadable(Exception):
    """The file is no CSV with the expected header; `missing` are the columns that it lacks."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


def read_lines(content: str, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield each line's number and its cells by lower-case column; raise `FileUnreadable`."""
    text = content.removeprefix("\ufeff")
    header = text.split("\n", 1)[0]
    separator = ";" if header.count(";") >= header.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        missing = [name for name in columns if name not in names]
        if missing:
            raise FileUnreadable(missing)
        for number, cells in enumerate(reader, start=2):
            if number > MAX_LINES:
                raise FileUnreadable([f"{MAX_LINES} lines at most"])
            if any(cell.strip() for cell in cells):
                yield number, dict(zip(names, map(str.strip, cells), strict=False))
    except csv.Error:
        raise FileUnreadable(columns) from None


def write_lines(columns: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """Return the text of a file, semicolons, header first."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_harmless(cell) for cell in line] for line in lines)
    return written.getvalue()


def _harmless(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


class FileRefused(DomainError):
    """The file is no CSV with the columns that are needed; `missing` names them."""

    code = "file-refused"
