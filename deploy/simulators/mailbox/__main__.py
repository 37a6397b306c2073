"""`python -m deploy.simulators.mailbox`: SMTP on PARVIS_SMTP_PORT, pages on PARVIS_PORT."""

import os
import sys
from pathlib import Path

from aiohttp import web

from chassis.clock import Clock
from deploy.simulators.mailbox.app import build_app
from deploy.simulators.mailbox.store import MailStore


def main() -> int:
    """Serve until SIGTERM or Ctrl-C; return the exit code."""
    host = os.environ.get("PARVIS_HOST", "127.0.0.1")
    folder = Path(os.environ.get("PARVIS_MAILBOX_FOLDER", ".parvis/mailbox"))
    try:
        port = int(os.environ.get("PARVIS_PORT", "8025"))
        smtp_port = int(os.environ.get("PARVIS_SMTP_PORT", "1025"))
        app = build_app(MailStore(folder, Clock()), host, smtp_port)
        web.run_app(app, host=host, port=port, access_log=None, shutdown_timeout=2)
    except (OSError, ValueError) as error:
        print(f"mailbox: {error}", file=sys.stderr)
        return 2
    return 0


sys.exit(main())
