"""What is written about a request at the desk: to the person, and between agents."""

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.requests.documents import upload_form
from gateway.pages.staff.desk.access import ask, dossier_id, for_agents
from gateway.pages.staff.desk.dossier import done, form_token, show
from gateway.visits import visit_of


@for_agents
async def write_message(request: web.Request) -> web.Response:
    """POST /agents/dossiers/{id}/messages: to the person, with a file when one is chosen."""
    fields, _ = request[FORM], visit_of(request).gettext
    text, upload = text_of(fields, "text").replace("\r\n", "\n").strip(), fields.get("file")
    if not text:
        error = {"field": "text", "message": _("Écrivez votre message.")}
        return await show(request, status=422, errors=[error])
    path, files = f"/requests/{dossier_id(request)}", []
    try:
        if isinstance(upload, web.FileField) and upload.filename:
            kept = upload
            joined = await ask(request, "PUT", f"{path}/files", data=lambda: upload_form(kept))
            files.append(joined.json()["id"])
        body = {"id": form_token(fields), "text": text, "files": files}
        await ask(request, "POST", f"{path}/messages", json=body, repeatable=True)
    except ServiceProblem as problem:
        if problem.status not in (409, 413, 422):
            raise
        return await _not_sent(request, problem, text)
    return await done(request, _("Message envoyé."))


async def _not_sent(request: web.Request, problem: ServiceProblem, text: str) -> web.Response:
    _ = visit_of(request).gettext
    if problem.code == "messages-closed":
        error = {"field": "text", "message": _("La personne a retiré sa demande.")}
        return await show(request, status=409, errors=[error], text=text)
    error = {"field": "file", "message": _("Ce fichier n’est pas accepté.")}
    return await show(request, status=422, errors=[error], text=text)


@for_agents
async def write_note(request: web.Request) -> web.Response:
    """POST /agents/dossiers/{id}/notes."""
    fields, _ = request[FORM], visit_of(request).gettext
    text = text_of(fields, "note").replace("\r\n", "\n").strip()
    if not text:
        error = {"field": "note", "message": _("Écrivez votre note.")}
        return await show(request, status=422, errors=[error])
    body = {"id": form_token(fields), "text": text}
    path = f"/requests/{dossier_id(request)}/notes"
    try:
        await ask(request, "POST", path, json=body, repeatable=True)
    except ServiceProblem as problem:
        if problem.status != 422:
            raise
        error = {"field": "note", "message": _("Cette note est trop longue.")}
        return await show(request, status=422, errors=[error], note=text)
    return await done(request, _("Note enregistrée."))
