"""HTTP addresses of statistics."""

from datetime import timedelta
from typing import Any

from aiohttp import web
from marshmallow import Schema, fields

from chassis.routing import QUERY
from services.procedures.catalogue.views import delay_label
from services.procedures.desk.edge import require_service, staff_of
from services.procedures.office import OFFICE
from services.procedures.requests.edge import require_gateway
from services.procedures.requests.schemas import LANGUAGE, TEXT

YEAR = timedelta(days=365)


class StatisticsQuery(Schema):
    """Which service, between which months (a year when left out)."""

    language = fields.String(load_default="fr", validate=LANGUAGE)
    service = fields.String(required=True, validate=TEXT)
    first = fields.Date(load_default=None)
    last = fields.Date(load_default=None)


class StatisticsView(Schema):
    """Counts by procedure, month, outcome and delay; `procedures` has promised and real delays."""

    counts = fields.List(fields.Dict())
    procedures = fields.List(fields.Dict())


class DelayView(Schema):
    """The promised delay in words beside the real one, None when too few were decided."""

    promised = fields.String()
    promised_days = fields.Integer()
    real = fields.Dict(allow_none=True)


async def show_statistics(request: web.Request) -> web.Response:
    """GET /desk/statistics."""
    staff, query, office = staff_of(request), request[QUERY], request.app[OFFICE]
    require_service(staff, query["service"])
    last = query["last"] or office.lifecycle.today
    counts = await office.statistics.list_counts(
        query["service"], query["first"] or last - YEAR, last
    )
    catalogue = await office.lifecycle.requests.catalogue.read_catalogue()
    own = [
        definition
        for definition in catalogue.definitions.values()
        if definition.service == query["service"] and definition.form is not None
    ]
    return web.json_response(
        {
            "counts": [{**vars(one), "month": one.month.isoformat()} for one in counts],
            "procedures": [
                {
                    "id": definition.id,
                    "title": definition.title.in_language(query["language"]),
                    **await _delay(request, definition, query["language"]),
                }
                for definition in own
            ],
        }
    )


async def show_delay(request: web.Request) -> web.Response:
    """GET /procedures/{slug}/delay: for everybody."""
    require_gateway(request)
    catalogue = await request.app[OFFICE].lifecycle.requests.catalogue.read_catalogue()
    definition = catalogue.find_shown(request.match_info["slug"])
    return web.json_response(await _delay(request, definition, request[QUERY]["language"]))


async def _delay(request: web.Request, definition: Any, language: str) -> dict[str, Any]:
    office = request.app[OFFICE]
    real, today = await office.statistics.real_delay(definition), office.lifecycle.today
    return {
        "promised": delay_label(definition, language),
        "promised_days": (definition.delay.added_to(today) - today).days,
        "real": vars(real) if real else None,
    }
