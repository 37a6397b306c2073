"""`python -m deploy.simulators.dgfip`: the payment page and its web service on PARVIS_PORT."""

import os
import sys

from aiohttp import web

from deploy.simulators.dgfip.app import Dgfip, build_app


def main() -> int:
    """Serve until SIGTERM or Ctrl-C; return the exit code."""
    host = os.environ.get("PARVIS_HOST", "127.0.0.1")
    try:
        port = int(os.environ.get("PARVIS_PORT", "8026"))
        app = build_app(Dgfip.new())
        web.run_app(app, host=host, port=port, access_log=None, shutdown_timeout=2)
    except (OSError, ValueError) as error:
        print(f"dgfip: {error}", file=sys.stderr)
        return 2
    return 0


sys.exit(main())
