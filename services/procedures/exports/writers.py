"""Spreadsheets written row by row to a file: memory does not grow with their length."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol
from xml.sax.saxutils import escape

from openpyxl import Workbook

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "Dossiers"
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    f'<office:body><office:spreadsheet><table:table table:name="{SHEET}">'
)
TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"


class Writer(Protocol):
    """Writes rows of texts, then closes the file."""

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """Write rows."""

    def close(self) -> None:
        """End the file."""


class CsvWriter:
    """Semicolons and a byte order mark: French spreadsheets open it as it is (RFC 4180)."""

    media_type = "text/csv; charset=utf-8"

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, delimiter=";", quoting=csv.QUOTE_ALL)

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """Write rows."""
        self._writer.writerows(rows)

    def close(self) -> None:
        """End the file."""
        self._file.close()


class XlsxWriter:
    """Office Open XML, in openpyxl's write-only mode."""

    media_type = XLSX_TYPE

    def __init__(self, path: Path) -> None:
        self._path = path
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet(SHEET)

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """Write rows."""
        for row in rows:
            self._sheet.append(list(row))

    def close(self) -> None:
        """End the file."""
        self._book.save(self._path)


class OdsWriter:
    """OpenDocument, its only table written straight into the archive (odfpy keeps it whole)."""

    media_type = ODS_TYPE

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
        # the type comes first and uncompressed: that is how the format is recognised
        self._archive.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
        self._archive.writestr("META-INF/manifest.xml", MANIFEST)
        self._content = io.TextIOWrapper(
            self._archive.open("content.xml", "w", force_zip64=True), "utf-8"
        )
        self._content.write(HEAD)

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """Write rows."""
        for row in rows:
            self._content.write("<table:table-row>")
            self._content.writelines(_cell(text) for text in row)
            self._content.write("</table:table-row>")

    def close(self) -> None:
        """End the file."""
        self._content.write(TAIL)
        self._content.close()
        self._archive.close()


WRITERS: Mapping[str, type[CsvWriter | XlsxWriter | OdsWriter]] = {
    "csv": CsvWriter,
    "xlsx": XlsxWriter,
    "ods": OdsWriter,
}


def _cell(text: str) -> str:
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.splitlines())
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'
