"""One request at the desk: opened (the person will see it), with all that can be done to it."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.clock import IdSource
from chassis.http_client import ServiceProblem
from gateway.forms import Fields, text_of
from gateway.pages.staff.desk.access import ask, dossier_id, for_agents, supervises
from gateway.pages.staff.desk.colleagues import colleagues_of
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

IDS = IdSource()
TEMPLATE = "staff/desk/dossier.html"
FORWARDED = ("Content-Type", "Content-Disposition")
# actions that tell the person something -> outcome of the templates that fit
EXPLAINED = {
    "accept": "accepted",
    "refuse": "refused",
    "close": "closed",
    "suspend": "suspended",
    "terminate": "suspended",
    "reopen": "",
    "ask_person": "",
}


@for_agents
async def show_dossier(request: web.Request) -> web.Response:
    """GET /agents/dossiers/{id}."""
    return await show(request)


@for_agents
async def download_file(request: web.Request) -> web.Response:
    """GET /agents/dossiers/{id}/pieces/{file}."""
    return await _download(request, "documents", request.match_info["file"])


@for_agents
async def download_letter(request: web.Request) -> web.Response:
    """GET /agents/dossiers/{id}/courriers/{position}."""
    return await _download(request, "letters", request.match_info["position"])


async def _download(request: web.Request, kind: str, name: str) -> web.Response:
    if not name.isascii() or not name.replace("-", "").isalnum():
        raise web.HTTPNotFound
    answer = await ask(request, "GET", f"/requests/{dossier_id(request)}/{kind}/{name}")
    headers = {key: answer.headers[key] for key in FORWARDED if key in answer.headers}
    return web.Response(body=answer.body, headers=headers)


async def show(
    request: web.Request,
    *,
    status: int = 200,
    errors: Sequence[dict[str, str]] = (),
    action: str = "",
    reason: str = "",
    ticked: Collection[str] = (),
    template: str = "",
    text: str = "",
    note: str = "",
    changes: Sequence[dict[str, str]] | None = None,
) -> web.Response:
    """Show the request with what was being typed; `template` is added to the reason."""
    language = {"language": visit_of(request).language}
    path = f"/requests/{dossier_id(request)}"
    dossier = (await ask(request, "GET", path, query=language)).json()
    templates = await _templates(request, dossier)
    added = [one["body"] for one in templates if one["id"] == template]
    service = dossier["case"]["service_id"]
    return await show_page(
        request,
        TEMPLATE,
        status=status,
        form=True,
        dossier=dossier,
        templates=templates,
        explained=EXPLAINED,
        errors=errors,
        action=action,
        reason="\n\n".join(part for part in (reason.strip(), *added) if part),
        ticked=ticked,
        text=text,
        note=note,
        changes=changes,
        colleagues=await colleagues_of(request, service),
        supervises=supervises(request, service),
        me=(visit_of(request).account or {}).get("account_id"),
        form_token=str(IDS.new_id()),
    )


async def _templates(request: web.Request, dossier: dict[str, Any]) -> list[dict[str, str]]:
    """Return the reasons that fit the request's service, with what is known filled in."""
    kept = (await ask(request, "GET", "/templates")).json()["templates"]
    services = (None, dossier["case"]["service_id"])
    return [_filled(one, dossier) for one in kept if one["service_id"] in services]


def _filled(template: dict[str, str], dossier: dict[str, Any]) -> dict[str, str]:
    """Return reasons to start from, in the person's language, with what is known filled in."""
    body = template["body_en" if dossier["language"] == "en" else "body_fr"]
    known = {
        "{number}": dossier["number"],
        "{procedure}": dossier["procedure"]["title"],
        "{filed_on}": dossier["acknowledgement"]["reception_date"],
    }
    for name, value in known.items():
        body = body.replace(name, value)
    return {
        "id": template["id"],
        "title": template["title"],
        "outcome": template["outcome"],
        "body": body,
    }


async def refused(
    request: web.Request,
    problem: ServiceProblem,
    action: str = "",
    reason: str = "",
    ticked: Collection[str] = (),
) -> web.Response:
    """Show why an action was not done, with all that was typed for it."""
    _ = visit_of(request).gettext
    if problem.code == "reason-missing":
        message = _("Écrivez les motifs : la personne les lira.")
        error = {"field": f"{action}-reason", "message": message}
        return await show(request, status=422, errors=[error], action=action, ticked=ticked)
    if problem.status == 422:
        error = {"field": "", "message": _("Cette demande n’est pas possible : vérifiez-la.")}
        return await show(
            request, status=422, errors=[error], action=action, reason=reason, ticked=ticked
        )
    changes = problem.problem.get("changes", [])
    return await show(
        request, status=409, action=action, reason=reason, ticked=ticked, changes=changes
    )


async def done(request: web.Request, message: str) -> web.Response:
    """Say that it is done, on the request's page."""
    (await session_of(request)).flash("success", message)
    return redirect(f"/agents/dossiers/{dossier_id(request)}")


def form_token(fields: Fields) -> str:
    """Return the identifier that the form was shown with: sent twice, it counts once."""
    try:
        return str(UUID(text_of(fields, "form_token")))
    except ValueError:
        return str(IDS.new_id())


def revision_of(fields: Fields) -> int:
    """Return the revision that the form was shown with."""
    typed = text_of(fields, "revision")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
