"""The acknowledgement as a tagged PDF (PDF/UA-1), set by typst off the event loop."""

import asyncio
import json
from datetime import datetime
from pathlib import Path

import typst

from services.procedures.acknowledgements.model import Acknowledgement

TEMPLATE = Path(__file__).parent / "templates" / "acknowledgement.typ"
# typst is fast but single-threaded: a queue of filings must not take both cores
_one_at_a_time = asyncio.Semaphore(2)


async def render_pdf(acknowledgement: Acknowledgement, at: datetime) -> bytes:
    """Return the PDF; the same content and instant give the same bytes."""
    async with _one_at_a_time:
        return await asyncio.to_thread(_compile, acknowledgement, at)


def _compile(acknowledgement: Acknowledgement, at: datetime) -> bytes:
    pdf: bytes = typst.compile(
        TEMPLATE,
        format="pdf",
        sys_inputs={"data": json.dumps(acknowledgement.as_document(), ensure_ascii=False)},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        timestamp=int(at.timestamp()),
    )
    return pdf
