"""The reasons that agents start from when they decide: written and retired by supervisors."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.staff.desk.access import ask, for_supervisors, supervised_by
from gateway.pages.staff.desk.dossier import IDS
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

ADDRESS = "/agents/modeles"
OUTCOMES = ("accepted", "refused", "closed", "suspended")
NEW = "nouveau"
TYPED = ("service", "outcome", "title", "body_fr", "body_en", "changed_at")


@for_supervisors
async def list_reasons(request: web.Request) -> web.Response:
    """GET /agents/modeles: those of the supervised services, then those of the portal."""
    services = {one["id"]: one["name"] for one in supervised_by(request)}
    found = (await ask(request, "GET", "/templates")).json()["templates"]
    own = [one for one in found if one["service_id"] in services]
    return await show_page(
        request,
        "staff/desk/reasons.html",
        form=True,
        services=services,
        own=own,
        shipped=[one for one in found if one["service_id"] is None],
    )


@for_supervisors
async def show_reason(request: web.Request) -> web.Response:
    """GET /agents/modeles/{id}: to change it; `nouveau` to write one."""
    identifier = request.match_info["id"]
    if identifier == NEW:
        service = supervised_by(request)[0]["id"]
        empty = dict.fromkeys(TYPED, "") | {"service": service, "outcome": OUTCOMES[0]}
        return await _show(request, str(IDS.new_id()), empty, new=True)
    kept = await _kept(request, identifier)
    typed = {**kept, "service": kept["service_id"]}
    return await _show(request, identifier, typed, new=False)


@for_supervisors
async def save_reason(request: web.Request) -> web.Response:
    """POST /agents/modeles/{id}: what another supervisor changed meanwhile is shown, not lost."""
    fields, _ = request[FORM], visit_of(request).gettext
    identifier, typed = _identifier(request), {name: text_of(fields, name) for name in TYPED}
    new = text_of(fields, "new") == "yes"
    for name in ("body_fr", "body_en"):
        typed[name] = typed[name].replace("\r\n", "\n").strip()
    errors = _faults(request, typed)
    if errors:
        return await _show(request, identifier, typed, new=new, errors=errors)
    body = {**typed, "changed_at": typed["changed_at"] or None}
    path = f"/templates/{identifier}"
    try:
        await ask(request, "PUT", path, json=body, repeatable=True)
    except ServiceProblem as problem:
        return await _refused(request, problem, identifier, typed, new=new)
    (await session_of(request)).flash("success", _("Modèle enregistré."))
    return redirect(ADDRESS)


@for_supervisors
async def retire_reason(request: web.Request) -> web.Response:
    """POST /agents/modeles/{id}/retrait: the letters already sent keep their words."""
    _ = visit_of(request).gettext
    try:
        await ask(request, "DELETE", f"/templates/{_identifier(request)}", repeatable=True)
    except ServiceProblem as problem:
        if problem.status != 404:  # retired already
            raise
    (await session_of(request)).flash("success", _("Modèle retiré."))
    return redirect(ADDRESS)


async def _refused(
    request: web.Request,
    problem: ServiceProblem,
    identifier: str,
    typed: Mapping[str, str],
    *,
    new: bool,
) -> web.Response:
    _ = visit_of(request).gettext
    if problem.code == "template-changed":
        present = await _find(request, identifier)
        changed = {**typed, "changed_at": present["changed_at"] if present else ""}
        return await _show(
            request,
            identifier,
            changed,
            new=new,
            status=409,
            present=present,
            gone=present is None,
        )
    if problem.status != 422:
        raise problem
    message = _("Vérifiez ce texte : seuls {number}, {procedure} et {filed_on} sont remplacés.")
    faults = {one["pointer"].strip("/") for one in problem.problem.get("errors", [])}
    errors = [{"field": one, "message": message} for one in TYPED if one in faults]
    fallback = [{"field": "", "message": message}]
    return await _show(request, identifier, typed, new=new, errors=errors or fallback)


def _faults(request: web.Request, typed: Mapping[str, str]) -> list[dict[str, str]]:
    _ = visit_of(request).gettext
    wanted = {
        "title": _("Donnez un titre au modèle."),
        "body_fr": _("Écrivez le texte en français."),
        "body_en": _("Écrivez le texte en anglais : il sert aux demandes faites en anglais."),
    }
    errors = [
        {"field": name, "message": message}
        for name, message in wanted.items()
        if not typed[name].strip()
    ]
    if typed["outcome"] not in OUTCOMES:
        errors.append({"field": "outcome", "message": _("Choisissez la décision concernée.")})
    return errors


async def _kept(request: web.Request, identifier: str) -> dict[str, Any]:
    found = await _find(request, identifier)
    if found is None:
        raise web.HTTPNotFound
    return found


async def _find(request: web.Request, identifier: str) -> dict[str, Any] | None:
    services = {one["id"] for one in supervised_by(request)}
    found = (await ask(request, "GET", "/templates")).json()["templates"]
    kept = [one for one in found if one["id"] == identifier and one["service_id"] in services]
    return kept[0] if kept else None


def _identifier(request: web.Request) -> str:
    try:
        return str(UUID(request.match_info["id"]))
    except ValueError:
        raise web.HTTPNotFound from None


async def _show(
    request: web.Request,
    identifier: str,
    typed: Mapping[str, Any],
    *,
    new: bool,
    status: int = 200,
    errors: Sequence[dict[str, str]] = (),
    present: Mapping[str, Any] | None = None,
    gone: bool = False,
) -> web.Response:
    return await show_page(
        request,
        "staff/desk/reason.html",
        status=422 if errors else status,
        form=True,
        id=identifier,
        typed=typed,
        new=new,
        services=supervised_by(request),
        outcomes=OUTCOMES,
        errors=errors,
        present=present,
        gone=gone,
    )
