"""`python -m deploy.simulators.mailbox`: SMTP on PARVIS_SMTP_PORT, pages on PARVIS_PORT."""

import os
import sys
from pathlib import Path

from aiohttp import web

from chassis.clock import Clock
from deploy.simulators.mailbox.app import build_app
from deploy.simulators.mailbox.store import MailStore
from deploy.simulators.site import run_site


def build(host: str) -> web.Application:
    """Return the mailbox that the environment describes."""
    folder = Path(os.environ.get("PARVIS_MAILBOX_FOLDER", ".parvis/mailbox"))
    smtp_port = int(os.environ.get("PARVIS_SMTP_PORT", "1025"))
    return build_app(MailStore(folder, Clock()), host, smtp_port)


sys.exit(run_site("mailbox", 8025, build))
