"""`python -m deploy.simulators.partner`: the sample site on PARVIS_PORT."""

import os
import sys

from aiohttp import web

from deploy.simulators.partner.app import Partner, build_app


def main() -> int:
    """Serve until SIGTERM or Ctrl-C; return the exit code."""
    host = os.environ.get("PARVIS_HOST", "127.0.0.1")
    try:
        port = int(os.environ.get("PARVIS_PORT", "8027"))
        web.run_app(build_app(Partner()), host=host, port=port, access_log=None, shutdown_timeout=2)
    except (OSError, ValueError) as error:
        print(f"partner: {error}", file=sys.stderr)
        return 2
    return 0


sys.exit(main())
