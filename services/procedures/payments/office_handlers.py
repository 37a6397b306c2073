"""HTTP addresses of the cash officer; the role is in the signed person."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.caller import CALLER
from chassis.errors import NotAllowed
from chassis.routing import BODY, QUERY
from services.procedures.cashier import CASHIER
from services.procedures.payments.bill_imports import LineReport
from services.procedures.payments.model import Mode, PaymentNotFound
from services.procedures.payments.regie import RegieSettings
from services.procedures.requests.edge import account_of, require_gateway

ROLE = "cash_officer"


async def list_regies(request: web.Request) -> web.Response:
    """GET /cash-office: the régies that a procedure is paid to."""
    _officer(request)
    return web.json_response({"regies": await request.app[CASHIER].office.list_regies()})


async def show_dashboard(request: web.Request) -> web.Response:
    """GET /cash-office/{regie}."""
    _officer(request)
    found = await request.app[CASHIER].office.read_dashboard(request.match_info["regie"])
    settings = _plain(vars(found.settings)) if found.settings else None
    parts = {"counts": found.counts, "alerts": found.alerts, "refunds": found.refunds}
    lists = {name: [_plain(one) for one in rows] for name, rows in parts.items()}
    named = {"name": found.name, "procedures": found.procedures}
    return web.json_response({**named, "settings": settings, **lists})


async def list_attempts(request: web.Request) -> web.Response:
    """GET /cash-office/{regie}/attempts."""
    _officer(request)
    query, regie = request[QUERY], request.match_info["regie"]
    office = request.app[CASHIER].office
    found = await office.list_attempts(regie, query["before"], query["state"])
    return web.json_response({"attempts": [_plain(one) for one in found]})


async def change_settings(request: web.Request) -> web.Response:
    """PUT /cash-office/{regie}/settings."""
    by, body = _officer(request), request[BODY]
    settings = RegieSettings(id=request.match_info["regie"], **{**body, "mode": Mode(body["mode"])})
    changed = await request.app[CASHIER].office.change_settings(settings, by)
    return web.json_response(_plain(vars(changed)))


async def import_bills(request: web.Request) -> web.Response:
    """POST /cash-office/bills: a report per line."""
    _officer(request)
    body = request[BODY]
    office = request.app[CASHIER].office
    return _report(await office.import_bills(body["procedure"], body["content"]))


async def import_daily_file(request: web.Request) -> web.Response:
    """POST /cash-office/{regie}/daily-files: a report per line."""
    by, regie = _officer(request), request.match_info["regie"]
    office = request.app[CASHIER].office
    return _report(await office.import_daily_file(regie, request[BODY]["content"], by))


async def export_credits(request: web.Request) -> web.Response:
    """GET /cash-office/{regie}/credits.csv?first=&last=."""
    _officer(request)
    query, regie = request[QUERY], request.match_info["regie"]
    text = await request.app[CASHIER].office.export_credits(regie, query["first"], query["last"])
    return web.Response(text=text, content_type="text/csv", charset="utf-8")


async def look_up(request: web.Request) -> web.Response:
    """POST /cash-office/{regie}/attempts/{attempt}/look-up: ask now; the last look-ups."""
    _officer(request)
    regie, attempt_id = request.match_info["regie"], _uuid(request.match_info["attempt"])
    found = await request.app[CASHIER].office.look_up(regie, attempt_id)
    return web.json_response({"look_ups": [_plain(one) for one in found]})


async def give_up(request: web.Request) -> web.Response:
    """POST /cash-office/{regie}/attempts/{attempt}/ending."""
    _officer(request)
    regie, attempt_id = request.match_info["regie"], _uuid(request.match_info["attempt"])
    await request.app[CASHIER].office.give_up(regie, attempt_id)
    return web.Response(status=204)


async def close_alert(request: web.Request) -> web.Response:
    """POST /cash-office/{regie}/alerts/{alert}/closing."""
    by, number = _officer(request), request.match_info["alert"]
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        raise PaymentNotFound
    await request.app[CASHIER].office.close_alert(request.match_info["regie"], int(number), by)
    return web.Response(status=204)


async def settle_refund(request: web.Request) -> web.Response:
    """POST /cash-office/{regie}/refunds/{attempt}/settlement."""
    by, body = _officer(request), request[BODY]
    regie, attempt_id = request.match_info["regie"], _uuid(request.match_info["attempt"])
    decided = (body["state"], body["note"])
    await request.app[CASHIER].office.settle_refund(regie, attempt_id, decided, by)
    return web.Response(status=204)


def _officer(request: web.Request) -> UUID:
    """Return the officer's account; refuse everybody else."""
    require_gateway(request)
    person, account_id = request[CALLER].person, account_of(request)
    if person is None or account_id is None or ROLE not in person.roles:
        raise NotAllowed("Only a cash officer may do this.")
    return account_id


def _report(reports: Iterable[LineReport]) -> web.Response:
    lines = [vars(report) for report in reports]
    outcomes = Counter(line["outcome"] for line in lines)
    return web.json_response({"lines": lines, "outcomes": dict(outcomes)})


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _json(value) for name, value in fields.items()}


def _json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise PaymentNotFound from None
