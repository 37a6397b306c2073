"""One request at the desk: opened (the person will see it), acted on, written about."""

from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.clock import IdSource
from chassis.http_client import ServiceProblem
from gateway.forms import FORM, Fields, text_of
from gateway.pages.requests.documents import upload_form
from gateway.pages.staff.desk.access import ask, dossier_id, for_agents
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
    return await _show(request)


@for_agents
async def act(request: web.Request) -> web.Response:
    """POST /agents/dossiers/{id}/actions: what another agent did meanwhile is shown, never lost."""
    fields, _ = request[FORM], visit_of(request).gettext
    revision, action = text_of(fields, "revision"), text_of(fields, "action")
    body: dict[str, Any] = {
        "action": action,
        "revision": int(revision) if revision.isdecimal() else 0,
        "reason": text_of(fields, "reason").replace("\r\n", "\n"),
    }
    if action == "ask_person":
        body["fields"] = [name.removeprefix("ask.") for name in fields if name.startswith("ask.")]
        body["documents"] = [
            name.removeprefix("join.") for name in fields if name.startswith("join.")
        ]
    path = f"/requests/{dossier_id(request)}/actions"
    headers = {"Idempotency-Key": _token(fields)}
    try:
        await ask(request, "POST", path, json=body, headers=headers, repeatable=True)
    except ServiceProblem as problem:
        if problem.status not in (409, 422):
            raise
        return await _refused(request, problem, action, body["reason"])
    return await _done(request, _("C’est fait. La personne est prévenue."))


@for_agents
async def assign(request: web.Request) -> web.Response:
    """POST /agents/dossiers/{id}/affectation: to me, or back to everybody."""
    fields, _ = request[FORM], visit_of(request).gettext
    revision = text_of(fields, "revision")
    account = visit_of(request).account or {}
    body = {
        "revision": int(revision) if revision.isdecimal() else 0,
        "to": account.get("account_id") if text_of(fields, "to") == "me" else None,
    }
    try:
        path = f"/requests/{dossier_id(request)}/assignment"
        await ask(request, "PUT", path, json=body, repeatable=True)
    except ServiceProblem as problem:
        if problem.status != 409:
            raise
        return await _refused(request, problem, "", "")
    return await _done(request, _("Affectation changée."))


@for_agents
async def write_message(request: web.Request) -> web.Response:
    """POST /agents/dossiers/{id}/messages: to the person, with a file when one is chosen."""
    fields, _ = request[FORM], visit_of(request).gettext
    text, upload = text_of(fields, "text").replace("\r\n", "\n").strip(), fields.get("file")
    if not text:
        error = {"field": "text", "message": _("Écrivez votre message.")}
        return await _show(request, status=422, errors=[error])
    path, files = f"/requests/{dossier_id(request)}", []
    try:
        if isinstance(upload, web.FileField) and upload.filename:
            kept = upload
            joined = await ask(request, "PUT", f"{path}/files", data=lambda: upload_form(kept))
            files.append(joined.json()["id"])
        body = {"id": _token(fields), "text": text, "files": files}
        await ask(request, "POST", f"{path}/messages", json=body, repeatable=True)
    except ServiceProblem as problem:
        if problem.status not in (409, 413, 422):
            raise
        error = {"field": "file", "message": _("Ce fichier n’est pas accepté.")}
        return await _show(request, status=422, errors=[error], text=text)
    return await _done(request, _("Message envoyé."))


@for_agents
async def write_note(request: web.Request) -> web.Response:
    """POST /agents/dossiers/{id}/notes."""
    fields, _ = request[FORM], visit_of(request).gettext
    text = text_of(fields, "note").replace("\r\n", "\n").strip()
    if not text:
        error = {"field": "note", "message": _("Écrivez votre note.")}
        return await _show(request, status=422, errors=[error])
    body = {"id": _token(fields), "text": text}
    path = f"/requests/{dossier_id(request)}/notes"
    await ask(request, "POST", path, json=body, repeatable=True)
    return await _done(request, _("Note enregistrée."))


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


async def _show(
    request: web.Request,
    *,
    status: int = 200,
    errors: list[dict[str, str]] | None = None,
    action: str = "",
    reason: str = "",
    text: str = "",
    changes: list[dict[str, str]] | None = None,
) -> web.Response:
    language = {"language": visit_of(request).language}
    path = f"/requests/{dossier_id(request)}"
    dossier = (await ask(request, "GET", path, query=language)).json()
    templates = (await ask(request, "GET", "/templates")).json()["templates"]
    return await show_page(
        request,
        TEMPLATE,
        status=status,
        form=True,
        dossier=dossier,
        templates=[_filled(template, dossier) for template in templates],
        explained=EXPLAINED,
        errors=errors or [],
        action=action,
        reason=reason,
        text=text,
        changes=changes,
        me=(visit_of(request).account or {}).get("account_id"),
        form_token=str(IDS.new_id()),
    )


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
    return {"title": template["title"], "outcome": template["outcome"], "body": body}


async def _refused(
    request: web.Request, problem: ServiceProblem, action: str, reason: str
) -> web.Response:
    _ = visit_of(request).gettext
    if problem.code == "reason-missing":
        message = _("Écrivez les motifs : la personne les lira.")
        error = {"field": f"{action}-reason", "message": message}
        return await _show(request, status=422, errors=[error], action=action)
    if problem.status == 422:
        error = {"field": "", "message": _("Cette demande n’est pas possible : vérifiez-la.")}
        return await _show(request, status=422, errors=[error], action=action, reason=reason)
    changes = problem.problem.get("changes", [])
    return await _show(request, status=409, action=action, reason=reason, changes=changes)


async def _done(request: web.Request, message: str) -> web.Response:
    (await session_of(request)).flash("success", message)
    return redirect(f"/agents/dossiers/{dossier_id(request)}")


def _token(fields: Fields) -> str:
    """Return the identifier that the form was shown with: sent twice, it counts once."""
    try:
        return str(UUID(text_of(fields, "form_token")))
    except ValueError:
        return str(IDS.new_id())
