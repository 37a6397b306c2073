"""`python -m deploy.simulators.franceconnect`: both providers on PARVIS_PORT."""

import os
import sys

from aiohttp import web

from deploy.simulators.franceconnect.app import Provider, build_app
from deploy.simulators.franceconnect.model import Client


def main() -> int:
    """Serve until SIGTERM or Ctrl-C; return the exit code."""
    host = os.environ.get("PARVIS_HOST", "127.0.0.1")
    try:
        port = int(os.environ.get("PARVIS_PORT", "8028"))
        portal = os.environ["PARVIS_PUBLIC_URL"].rstrip("/")
        clients = {name: _client(name, portal) for name in ("franceconnect", "proconnect")}
        app = build_app(Provider.new(clients))
        web.run_app(app, host=host, port=port, access_log=None, shutdown_timeout=2)
    except (OSError, ValueError, KeyError) as error:
        print(f"franceconnect: {error!r}", file=sys.stderr)
        return 2
    return 0


def _client(flavour: str, portal: str) -> Client:
    """Return the portal as it registered itself, from the variables that the gateway reads too."""
    prefix = f"PARVIS_{flavour.upper()}"
    return Client(
        os.environ[f"{prefix}_CLIENT_ID"],
        os.environ[f"{prefix}_CLIENT_SECRET"],
        (f"{portal}/connexion/{flavour}/retour",),
        (f"{portal}/deconnexion/{flavour}/retour",),
    )


sys.exit(main())
