"""The acknowledgement as a tagged PDF (PDF/UA-1), set by typst off the event loop."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import typst

from services.procedures.acknowledgements.model import Acknowledgement

TEMPLATE = Path(__file__).parent / "templates" / "acknowledgement.typ"
# of their own: a queue of filings never keeps the rest of the service from its threads
_setters = ThreadPoolExecutor(2, "typst")


async def render_pdf(acknowledgement: Acknowledgement, at: datetime) -> bytes:
    """Return the PDF; the same content and instant give the same bytes."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_setters, _compile, acknowledgement, at)


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
