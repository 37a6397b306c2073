"""Figures of a service: decisions by outcome and by delay, promised and real delays (REQ-11)."""

from collections import Counter
from datetime import date
from typing import Any

from aiohttp import web

from chassis.http_client import Call
from gateway.pages.staff.desk.access import ask, for_agents, services_of
from gateway.parts import SERVICES
from gateway.responses import redirect, send_pieces, show_page
from gateway.visits import session_of, visit_of

CLASSES = ("0-2", "3-7", "8-15", "16-30", "31-60", "61+")
KINDS = ("csv", "xlsx", "ods")
# the service writes the whole file before it sends the first byte
EXPORT_SECONDS = 300.0


@for_agents
async def show_statistics(request: web.Request) -> web.Response:
    """GET /agents/statistiques?service=."""
    services = services_of(request)
    service = request.query.get("service", services[0]["id"])
    if service not in {one["id"] for one in services}:
        raise web.HTTPNotFound
    query = {"service": service, "language": visit_of(request).language}
    figures = (await ask(request, "GET", "/statistics", query=query)).json()
    return await show_page(
        request,
        "staff/desk/statistics.html",
        services=services,
        service=service,
        procedures=figures["procedures"],
        promises=_promises(figures["procedures"]),
        delays=_bars(figures["counts"]),
        months=_months(figures["counts"]),
        kinds=KINDS,
    )


@for_agents
async def export(request: web.Request) -> web.StreamResponse:
    """GET /agents/extraction?service=&du=&au=&format=&demarche=&reponses=: as it comes."""
    query, _ = request.query, visit_of(request).gettext
    service, kind = query.get("service", ""), query.get("format") or KINDS[0]
    days = [iso_day(query.get(name, "")) for name in ("du", "au")]
    if kind not in KINDS or service not in {one["id"] for one in services_of(request)}:
        raise web.HTTPNotFound
    if not all(days):
        message = _("Écrivez les deux jours, par exemple 31/12/2026.")
        (await session_of(request)).flash("warning", message)
        return redirect(f"/agents/statistiques?service={service}")
    wanted = {"service": service, "kind": kind, "first": days[0], "last": days[1]}
    if procedure := query.get("demarche", "")[:100]:
        wanted["procedure"] = procedure
        wanted["answers"] = "true" if query.get("reponses") == "oui" else "false"
    call = Call("GET", "/desk/export", person=visit_of(request).person, query=wanted)
    async with request.app[SERVICES].procedures.stream(call, silence=EXPORT_SECONDS) as found:
        return await send_pieces(request, found)


def iso_day(typed: str) -> str:
    """Return the ISO day of `31/12/2026` or `2026-12-31`, '' when it is none."""
    parts = typed.strip().split("/")
    try:
        written = "-".join(reversed(parts)) if len(parts) == 3 else typed.strip()
        return date.fromisoformat(written).isoformat()
    except ValueError:
        return ""


def _bars(counts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one bar for each class of delay: its count, and its width among 100."""
    found: Counter[str] = Counter()
    for one in counts:
        found[one["delay"]] += one["requests"]
    widest = max(found.values(), default=0) or 1
    return [
        {"label": name, "count": found[name], "width": round(100 * found[name] / widest)}
        for name in CLASSES
    ]


def _promises(procedures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return promised and real days of each procedure that has both; widths among 100."""
    known = [one for one in procedures if one["real"]]
    longest = max((max(one["promised_days"], one["real"]["mean_days"]) for one in known), default=1)
    return [
        {
            "title": one["title"],
            "promised": one["promised_days"],
            "real": one["real"]["mean_days"],
            "promised_width": round(100 * one["promised_days"] / (longest or 1)),
            "real_width": round(100 * one["real"]["mean_days"] / (longest or 1)),
            "late": one["real"]["mean_days"] > one["promised_days"],
        }
        for one in known
    ]


def _months(counts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one row for each month, the latest first: decisions, how many were late, mean."""
    rows: dict[str, Counter[str]] = {}
    for one in counts:
        row = rows.setdefault(one["month"], Counter())
        row[one["outcome"]] += one["requests"]
        row["late"] += one["late"]
        row["days"] += one["days"]
        row["requests"] += one["requests"]
    return [
        {"month": month, **row, "mean": round(row["days"] / row["requests"], 1)}
        for month, row in sorted(rows.items(), reverse=True)
    ]
