"""The copy as files: JSON for machines, one HTML page for people, in a ZIP archive."""

import io
import json
import zipfile
from collections.abc import AsyncIterator, Iterator, Mapping
from html import escape
from typing import Any

TITLE = "Copie de mes données / Copy of my data"
STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "dt{font-weight:bold}dd{margin:0 0 .5rem 1.5rem}"
)


class Outgoing(io.RawIOBase):
    """Where an archive is written, and taken from as it grows; nothing is ever written again."""

    def __init__(self) -> None:
        super().__init__()
        self._written = bytearray()

    def writable(self) -> bool:
        """Say that it can be written; it can be neither read nor rewound."""
        return True

    def write(self, content: Any) -> int:
        """Add bytes."""
        self._written += content
        return len(content)

    def take(self) -> bytes:
        """Return what was written since the last time."""
        taken = bytes(self._written)
        self._written.clear()
        return taken


async def archive_of(
    content: Mapping[str, Any], files: AsyncIterator[tuple[str, bytes]]
) -> AsyncIterator[bytes]:
    """Give the ZIP archive of a copy bit by bit: no more than one file is in memory."""
    outgoing = Outgoing()
    with zipfile.ZipFile(outgoing, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("donnees.json", json.dumps(content, ensure_ascii=False, indent=2))
        archive.writestr("donnees.html", page_of(content))
        yield outgoing.take()
        async for path, found in files:
            # pictures and PDFs are compressed already
            archive.writestr(path, found, zipfile.ZIP_STORED)
            yield outgoing.take()
    yield outgoing.take()


def page_of(content: Mapping[str, Any]) -> str:
    """Return a page that shows everything, without a script; every text is escaped."""
    body = "".join(_parts(content, 2))
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{TITLE}</title>'
        f"<style>{STYLE}</style></head><body><h1>{TITLE}</h1>{body}</body></html>"
    )


def _parts(content: Mapping[str, Any], level: int) -> Iterator[str]:
    for name, value in content.items():
        yield f"<h{level}>{escape(str(name))}</h{level}>{_shown(value)}"


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        pairs = (
            f"<dt>{escape(str(name))}</dt><dd>{_shown(one)}</dd>" for name, one in value.items()
        )
        return f"<dl>{''.join(pairs)}</dl>"
    if isinstance(value, list):
        return f"<ul>{''.join(f'<li>{_shown(one)}</li>' for one in value)}</ul>"
    return escape("—" if value is None else str(value))
