"""The fee of a request, as its owner reads it."""

from typing import Any

from aiohttp import web

from gateway.pages.requests.dossier import Dossier, call_request
from gateway.visits import visit_of


async def read_fee(request: web.Request, dossier: Dossier) -> dict[str, Any] | None:
    """Return what there is to pay and whether it is paid; None without a fee or before filing."""
    if dossier.procedure.get("fee") is None or dossier.is_draft:
        return None
    query = {"language": visit_of(request).language}
    fee: dict[str, Any] = (await call_request(request, "GET", "/fee", query=query)).json()
    return fee
