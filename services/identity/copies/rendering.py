"""The copy as files: JSON for machines, one HTML page for people, in a ZIP archive."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

TITLE = "Copie de mes données / Copy of my data"
STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "dt{font-weight:bold}dd{margin:0 0 .5rem 1.5rem}"
)


def archive_of(content: Mapping[str, Any]) -> bytes:
    """Return the ZIP archive of a copy."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(content, ensure_ascii=False, indent=2)
        archive.writestr("donnees.json", text)
        archive.writestr("donnees.html", page_of(content))
    return buffer.getvalue()


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
