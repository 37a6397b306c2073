"""The service's worker, which dies while typst sets a PDF: `python -m ...short_lived_worker`.

Its death comes from the system, a few milliseconds after the setting began: the alarm's signal
needs no line of Python to be reached.
"""

import asyncio
import signal
import threading
from types import FrameType
from typing import Any

from chassis.logs import configure_logs
from chassis.settings import read_settings
from services.procedures.acknowledgements import receipt_pdf
from services.procedures.settings import Settings
from services.procedures.worker import work

SECONDS = 0.005


def watch(frame: FrameType, _event: str, _argument: Any) -> None:
    """Set the alarm when the PDF begins to be set."""
    if frame.f_code.co_filename == receipt_pdf.__file__:
        signal.setitimer(signal.ITIMER_REAL, SECONDS)


if __name__ == "__main__":
    configure_logs("procedures", "json", "error")
    threading.settrace(watch)
    asyncio.run(work(read_settings(Settings.read)))
