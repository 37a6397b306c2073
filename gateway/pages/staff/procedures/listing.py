"""The procedures, where each one stands, its history; drafts begun, versions taken out as YAML."""

from typing import Any

from aiohttp import web

from chassis.clock import IdSource
from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.staff.procedures.access import (
    DRAFTS,
    ROOM,
    ask,
    for_editors,
    for_stewards,
    may_read,
    may_steer,
    may_write,
)
from gateway.pages.staff.procedures.wording import refusal_message
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

IDS = IdSource()
STATES = ("published", "suspended", "withdrawn")


@for_stewards
async def show_procedures(request: web.Request) -> web.Response:
    """GET /agents/demarches."""
    procedures = (await ask(request, "GET", "/staff/procedures")).json()["procedures"]
    titles = {one["id"]: one["title"] for one in procedures}
    drafts = (await ask(request, "GET", DRAFTS)).json()["drafts"] if may_read(request) else []
    return await show_page(
        request,
        "staff/procedures/list.html",
        form=True,
        procedures=sorted(procedures, key=lambda one: str(one["title"]).casefold()),
        drafts=[{**one, "title": titles.get(one["procedure"], one["procedure"])} for one in drafts],
        may_write=may_write(request),
    )


@for_stewards
async def show_procedure(request: web.Request) -> web.Response:
    """GET /agents/demarches/{slug}?before=: its state, and the history by pages."""
    return await _show(request, [], {})


@for_stewards
async def change_state(request: web.Request) -> web.Response:
    """POST /agents/demarches/{slug}/etat: at once, without a new version."""
    fields, _ = request[FORM], visit_of(request).gettext
    names = ("since", "until", "reason.fr", "reason.en")
    typed = {name: text_of(fields, name).strip() for name in names}
    state = text_of(fields, "go")
    if state not in STATES:
        raise web.HTTPNotFound
    suspension = None
    if state == "suspended":
        days = {name: _iso(typed[name]) for name in ("since", "until")}
        errors = _missing(typed, days, _)
        if errors:
            return await _show(request, errors, typed)
        reason = {"fr": typed["reason.fr"], "en": typed["reason.en"]}
        suspension = {"since": days["since"], "until": days["until"] or None, "reason": reason}
    slug = request.match_info["slug"]
    try:
        path, body = f"/staff/procedures/{slug}/state", {"state": state, "suspension": suspension}
        await ask(request, "PUT", path, json=body, repeatable=True)
    except ServiceProblem as problem:
        message = refusal_message(problem, _)
        if message is None:
            raise
        return await _show(request, [{"field": "", "message": message}], typed)
    (await session_of(request)).flash("success", _("C’est fait : tout le monde le voit aussitôt."))
    return redirect(f"{ROOM}/{slug}")


def _missing(typed: dict[str, str], days: dict[str, str | None], _: Any) -> list[dict[str, str]]:
    found = []
    if not days["since"]:
        message = _("Écrivez depuis quel jour, par exemple 24/11/2026.")
        found.append({"field": "since", "message": message})
    if typed["until"] and not days["until"]:
        message = _("Écrivez le dernier jour, par exemple 31/12/2026, ou rien.")
        found.append({"field": "until", "message": message})
    for name in ("reason.fr", "reason.en"):
        if not typed[name]:
            message = _("Écrivez pourquoi, en français et en anglais.")
            found.append({"field": name, "message": message})
    return found


def _iso(typed: str) -> str | None:
    """Return the ISO form of 31/12/2026, or what may already be one."""
    parts = typed.replace("-", "/").split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    year, month, day = parts if len(parts[0]) == 4 else reversed(parts)
    return f"{year}-{month:0>2}-{day:0>2}"


@for_editors
async def export_version(request: web.Request) -> web.Response:
    """GET /agents/demarches/{slug}/versions/{version}/fichier: the YAML, saved by the browser."""
    slug, version = request.match_info["slug"], request.match_info["version"]
    path = f"/staff/procedures/{slug}/versions/{version}/source"
    found = (await ask(request, "GET", path)).json()
    return yaml_file(found["id"], found["source"])


def yaml_file(name: str, source: str) -> web.Response:
    """Return a YAML text as a file to save."""
    disposition = f'attachment; filename="{name}.yaml"'
    return web.Response(
        body=source.encode(),
        content_type="application/yaml",
        charset="utf-8",
        headers={"Content-Disposition": disposition},
    )


async def _show(
    request: web.Request, errors: list[dict[str, str]], typed: dict[str, str]
) -> web.Response:
    slug = request.match_info["slug"]
    procedures = (await ask(request, "GET", "/staff/procedures")).json()["procedures"]
    procedure = next((one for one in procedures if one["id"] == slug), None)
    if procedure is None:
        raise web.HTTPNotFound
    before = request.query.get("before", "")
    query = {"before": before} if before.isascii() and before.isdigit() else {}
    history = (await ask(request, "GET", f"/staff/procedures/{slug}/history", query=query)).json()
    return await show_page(
        request,
        "staff/procedures/procedure.html",
        status=422 if errors else 200,
        form=True,
        procedure=procedure,
        history=history["entries"],
        next_before=history["next_before"],
        me=f"account:{(visit_of(request).account or {}).get('account_id')}",
        may_read=may_read(request),
        may_write=may_write(request),
        may_steer=may_steer(request, procedure["service"]),
        new_id=str(IDS.new_id()),
        errors=errors,
        typed=typed,
    )
