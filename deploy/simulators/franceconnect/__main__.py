"""`python -m deploy.simulators.franceconnect`: both providers on PARVIS_PORT."""

import os
import sys

from aiohttp import web

from deploy.simulators.franceconnect.app import Provider, build_app
from deploy.simulators.franceconnect.model import Client
from deploy.simulators.site import run_site


def _build(_host: str) -> web.Application:
    try:
        portal = os.environ["PARVIS_PUBLIC_URL"].rstrip("/")
        clients = {name: _client(name, portal) for name in ("franceconnect", "proconnect")}
    except KeyError as missing:
        raise ValueError(f"{missing} is not set") from None
    return build_app(Provider.new(clients))


def _client(flavour: str, portal: str) -> Client:
    """Return the portal as it registered itself, from the variables that the gateway reads too."""
    prefix = f"PARVIS_{flavour.upper()}"
    return Client(
        os.environ[f"{prefix}_CLIENT_ID"],
        os.environ[f"{prefix}_CLIENT_SECRET"],
        (f"{portal}/connexion/{flavour}/retour",),
        (f"{portal}/deconnexion/{flavour}/retour",),
    )


sys.exit(run_site("franceconnect", 8028, _build))
