"""Everything that is checked inside a file before it is kept (REQ-02), off the event loop.

A file is hostile: its reading is bounded in time and in number, and what cannot be read is refused.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from services.procedures.catalogue.model import DocumentSpec
from services.procedures.documents.content_check import file_kind, refuse
from services.procedures.documents.image_check import check_image, without_metadata
from services.procedures.documents.pdf_check import count_pages

INSPECTION_SECONDS = 30.0
# of their own: files being read never keep the rest of the service from its threads
_readers = ThreadPoolExecutor(3, "inspection")


@dataclass(frozen=True)
class Inspected:
    """A file that may be kept: `pages` for a PDF, and `content` as it will be stored."""

    kind: str
    pages: int | None
    content: bytes


async def inspect_file(content: bytes, spec: DocumentSpec, language: str) -> Inspected:
    """Return what the file is, or raise `DocumentRefused` with the reason."""
    loop = asyncio.get_running_loop()
    work = loop.run_in_executor(_readers, _inspect, content, spec, language)
    try:
        return await asyncio.wait_for(work, INSPECTION_SECONDS)
    except TimeoutError:
        raise _unreadable(language) from None


def _inspect(content: bytes, spec: DocumentSpec, language: str) -> Inspected:
    kind = file_kind(content, spec.types, language)
    if kind == "pdf":
        return Inspected(kind, count_pages(content, spec.max_pages, language), content)
    if kind in ("jpeg", "png"):
        check_image(content, kind, language)
        if spec.strip_metadata:
            content = without_metadata(content, kind)
    return Inspected(kind, None, content)


def _unreadable(language: str) -> Exception:
    return refuse(
        "unreadable",
        language,
        "Le fichier n’a pas pu être lu. Enregistrez-le de nouveau en PDF, puis renvoyez-le.",
        "The file could not be read. Save it as PDF again, then send it.",
    )
