"""What a person does after filing: write, correct what is asked, withdraw, read letters."""

from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.clock import IdSource
from chassis.http_client import ServiceProblem
from gateway.forms import FORM, Fields, answers_of, text_of
from gateway.pages.requests.documents import upload_form
from gateway.pages.requests.dossier import Dossier, call_request, form_key, read_dossier
from gateway.pages.requests.fees import read_fee
from gateway.pages.requests.form_fields import shown_fields
from gateway.pages.requests.steps import CONTENT_TYPES, errors_of
from gateway.parts import LIMITS
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

IDS = IdSource()
TEMPLATE = "requests/request.html"
MESSAGE_FILES = "message"
FORWARDED = ("Content-Type", "Content-Disposition")
ONCE = "Idempotency-Key"


async def show_followed(
    request: web.Request,
    dossier: Dossier,
    *,
    status: int = 200,
    errors: list[dict[str, str]] | None = None,
    typed: dict[str, Any] | None = None,
    text: str = "",
    **more: Any,
) -> web.Response:
    """Show a filed request with its journal, its messages and what is asked of the person."""
    answer = await call_request(
        request, "GET", "/journal", query={"language": visit_of(request).language}
    )
    following = answer.json()
    answers = {**dossier.content["answers"], **(typed or {})}
    fee = await read_fee(request, dossier)
    return await show_page(
        request,
        TEMPLATE,
        status=status,
        form=True,
        procedure=dossier.procedure,
        dossier=dossier.content,
        following=following,
        fee=fee,
        asked=_asked(dossier, following, answers),
        errors=errors or [],
        text=text,
        request_key=form_key(request),
        form_token=str(IDS.new_id()),
        **{"just_filed": False, "tracking_code": None, "resume_url": None, **more},
    )


async def send_message(request: web.Request) -> web.Response:
    """POST /dossiers/{id}/messages: a text, and a file when one is chosen."""
    await request.app[LIMITS].spend("upload", visit_of(request).address)
    dossier, fields, _ = await read_dossier(request), request[FORM], visit_of(request).gettext
    text = text_of(fields, "text").replace("\r\n", "\n").strip()
    if not text:
        error = {"field": "text", "message": _("Écrivez votre message.")}
        return await show_followed(request, dossier, status=422, errors=[error])
    try:
        files = await _joined(request, fields, MESSAGE_FILES)
        body = {"id": _token(fields), "text": text, "files": files}
        await call_request(request, "POST", "/messages", json=body, repeatable=True)
    except ServiceProblem as problem:
        return await _refused(request, dossier, problem, "file", text=text)
    return await _done(request, dossier, _("Votre message est envoyé au service."))


async def join_asked(request: web.Request) -> web.Response:
    """POST /dossiers/{id}/pieces-demandees: a document that the service asked for."""
    await request.app[LIMITS].spend("upload", visit_of(request).address)
    dossier, fields, _ = await read_dossier(request), request[FORM], visit_of(request).gettext
    document = text_of(fields, "document")
    if document not in {found["id"] for found in dossier.procedure["documents"]}:
        raise web.HTTPNotFound
    try:
        joined = await _joined(request, fields, document)
    except ServiceProblem as problem:
        return await _refused(request, dossier, problem, document)
    if not joined:
        error = {"field": document, "message": _("Choisissez d’abord un fichier.")}
        return await show_followed(request, dossier, status=422, errors=[error])
    return await _done(request, dossier, _("Document reçu. Envoyez votre réponse plus bas."))


async def answer_correction(request: web.Request) -> web.Response:
    """POST /dossiers/{id}/corrections: the fields asked, and only these."""
    dossier, fields, _ = await read_dossier(request), request[FORM], visit_of(request).gettext
    questions = {
        field["id"]: field
        for page in dossier.pages
        for field in page["fields"]
        if field["type"] not in CONTENT_TYPES
    }
    typed = answers_of(fields, questions)
    revision = text_of(fields, "revision")
    body = {"revision": int(revision) if revision.isdecimal() else 0, "answers": typed}
    headers = {ONCE: _token(fields)}
    try:
        await call_request(
            request, "POST", "/correction", json=body, headers=headers, repeatable=True
        )
    except ServiceProblem as problem:
        return await _refused(request, dossier, problem, "", typed=typed)
    return await _done(request, dossier, _("Votre réponse est transmise au service."))


async def withdraw_request(request: web.Request) -> web.Response:
    """POST /dossiers/{id}/retrait: once the box is ticked."""
    dossier, fields, _ = await read_dossier(request), request[FORM], visit_of(request).gettext
    if text_of(fields, "confirmed") != "yes":
        error = {"field": "confirmed", "message": _("Cochez la case pour retirer la demande.")}
        return await show_followed(request, dossier, status=422, errors=[error])
    revision = text_of(fields, "revision")
    body = {"revision": int(revision) if revision.isdecimal() else 0}
    headers = {ONCE: _token(fields)}
    try:
        await call_request(
            request, "POST", "/withdrawal", json=body, headers=headers, repeatable=True
        )
    except ServiceProblem as problem:
        return await _refused(request, dossier, problem, "")
    return await _done(request, dossier, _("Votre demande est retirée."))


async def download_letter(request: web.Request) -> web.Response:
    """GET /dossiers/{id}/courriers/{position}."""
    position = request.match_info["position"]
    if not position.isascii() or not position.isdecimal():
        raise web.HTTPNotFound
    answer = await call_request(request, "GET", f"/letters/{position}")
    headers = {name: answer.headers[name] for name in FORWARDED if name in answer.headers}
    return web.Response(body=answer.body, headers=headers)


async def _joined(request: web.Request, fields: Fields, document: str) -> list[str]:
    """Send the chosen file, if any, and return its identifier."""
    upload = fields.get("file")
    if not isinstance(upload, web.FileField) or not upload.filename:
        return []
    path = f"/files/{document}"
    answer = await call_request(request, "PUT", path, data=lambda: upload_form(upload))
    return [answer.json()["id"]]


def _token(fields: Fields) -> str:
    """Return the identifier that the form was shown with: sent twice, it counts once."""
    try:
        return str(UUID(text_of(fields, "form_token")))
    except ValueError:
        return str(IDS.new_id())


def _asked(
    dossier: Dossier, following: dict[str, Any], answers: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return the fields that the service asks to correct, ready to be shown."""
    if following["correction"] is None:
        return []
    names = {field["field"] for field in following["correction"]["fields"]}
    return [
        field
        for page in dossier.pages
        for field in shown_fields(page, dossier.content["form_state"], answers)
        if field["id"] in names
    ]


async def _refused(
    request: web.Request, dossier: Dossier, problem: ServiceProblem, field: str, **kept: Any
) -> web.Response:
    """Show the page as it is now, with the typing and what is to be mended."""
    _ = visit_of(request).gettext
    if problem.status == 413:
        errors = [{"field": field, "message": _("Ce fichier est trop lourd.")}]
    elif problem.status == 422 and problem.problem.get("errors"):
        errors = errors_of(problem)
        errors = [{**error, "field": field} for error in errors] if field else errors
    elif problem.status == 409:
        message = _(
            "Votre dossier a changé entre-temps : relisez ce qui suit, puis recommencez si besoin."
        )
        errors = [{"field": "", "message": message}]
    else:
        raise problem
    status = problem.status if problem.status == 409 else 422
    return await show_followed(request, dossier, status=status, errors=errors, **kept)


async def _done(request: web.Request, dossier: Dossier, message: str) -> web.Response:
    (await session_of(request)).flash("success", message)
    return redirect(dossier.path)
