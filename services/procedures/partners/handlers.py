"""HTTP addresses of partners: where a procedure leads, and leaving for it."""

from typing import Any

from aiohttp import web

from chassis.routing import QUERY, Route
from services.procedures.cashier import CASHIER
from services.procedures.partners.model import Target
from services.procedures.partners.schemas import TargetView
from services.procedures.payments.schemas import LanguageQuery
from services.procedures.requests.edge import require_gateway


async def show_target(request: web.Request) -> web.Response:
    """GET /procedures/{slug}/partner."""
    require_gateway(request)
    target = await request.app[CASHIER].partners.find_target(request.match_info["slug"])
    return web.json_response(_view(target, request[QUERY]["language"]))


async def depart(request: web.Request) -> web.Response:
    """POST /procedures/{slug}/departures: counts one more, and says where to."""
    require_gateway(request)
    target = await request.app[CASHIER].partners.depart(request.match_info["slug"])
    return web.json_response(_view(target, request[QUERY]["language"]))


def _view(target: Target, language: str) -> dict[str, Any]:
    health = target.health
    return {
        "procedure": target.procedure_id,
        "name": target.name.in_language(language),
        "url": target.url,
        "terms_note": target.terms_note.in_language(language),
        "data_shared": [text.in_language(language) for text in target.data_shared],
        "state": str(target.state),
        "since": health.since.isoformat() if health else None,
    }


ROUTES = [
    Route(
        "GET",
        "/procedures/{slug}/partner",
        show_target,
        "Where a procedure leads",
        query=LanguageQuery,
        answer=TargetView,
        problems=[403, 404],
    ),
    Route(
        "POST",
        "/procedures/{slug}/departures",
        depart,
        "Leave for a partner",
        query=LanguageQuery,
        answer=TargetView,
        problems=[403, 404],
    ),
]
