"""Supporting documents: joined one by one, downloaded, removed (REQ-02)."""

from typing import Any

import aiohttp
from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.errors import JSON
from gateway.forms import FORM, text_of
from gateway.pages.legal.again import conditions_to_accept
from gateway.pages.requests.amendment import changes_to_tell
from gateway.pages.requests.dossier import (
    Dossier,
    call_request,
    form_key,
    read_dossier,
    request_path,
)
from gateway.pages.requests.progress import DOCUMENTS, after, before, steps, steps_of
from gateway.pages.requests.steps import errors_of
from gateway.parts import LIMITS
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

TEMPLATE = "requests/documents.html"
REFUSED = "refused_document"
FORWARDED = ("Content-Type", "Content-Disposition")


async def show_documents(request: web.Request) -> web.Response:
    """GET /dossiers/{id}/pieces."""
    dossier = await read_dossier(request)
    if not dossier.is_draft:
        return redirect(dossier.path)
    if (conditions := await conditions_to_accept(request)) is not None:
        return redirect(conditions)
    if (changes := await changes_to_tell(request, dossier)) is not None:
        return redirect(changes)
    session = visit_of(request).session
    return await _show(request, dossier, session.pop(REFUSED, []) if session is not None else [])


async def join_document(request: web.Request) -> web.Response:
    """POST /dossiers/{id}/pieces: one file for one document.

    The script that shows how far it has gone is told where to go on: `{location}`.
    """
    response = await _join(request)
    if request.headers.get("Accept") != JSON:
        return response
    return web.json_response({"location": f"{request_path(request)}/{DOCUMENTS}"})


async def _join(request: web.Request) -> web.Response:
    await request.app[LIMITS].spend("upload", visit_of(request).address)
    dossier = await read_dossier(request)
    fields, _ = request[FORM], visit_of(request).gettext
    name, upload = text_of(fields, "document"), fields.get("file")
    if name not in {found["id"] for found in dossier.procedure["documents"]}:
        raise web.HTTPNotFound
    if not isinstance(upload, web.FileField) or not upload.filename:
        message = _("Choisissez d’abord un fichier, puis envoyez-le.")
        return await _show(request, dossier, [{"field": name, "message": message}])
    try:
        await call_request(request, "PUT", f"/documents/{name}", data=lambda: upload_form(upload))
    except ServiceProblem as problem:
        if problem.code == "request-filed":
            return redirect(dossier.path)
        if problem.status == 413:
            message = _(
                "Ce fichier est trop lourd. Réduisez sa taille, ou envoyez-le en plusieurs parties."
            )
            return await _show(request, dossier, [{"field": name, "message": message}])
        if problem.status != 422:
            raise
        errors = [{**error, "field": name} for error in errors_of(problem)]
        return await _show(request, dossier, errors)
    session = await session_of(request)
    session.flash("success", _("Fichier reçu : %s") % upload.filename[:120])
    return redirect(f"{dossier.path}/{DOCUMENTS}")


def upload_form(upload: web.FileField) -> aiohttp.FormData:
    """Return the multipart body that carries a file on to the service."""
    upload.file.seek(0)
    # names travel in UTF-8, as browsers send them; a line break in one would end its header
    form = aiohttp.FormData(quote_fields=False)
    form.add_field(
        "file",
        # read as it is sent; the form keeps the file for another try
        upload.file.read(),
        filename="".join(letter for letter in upload.filename if letter.isprintable()),
        content_type=upload.content_type or "application/octet-stream",
    )
    return form


async def download_document(request: web.Request) -> web.Response:
    """GET /dossiers/{id}/pieces/{file}: saved by the browser, never run in it."""
    answer = await call_request(request, "GET", f"/documents/{_file(request)}")
    headers = {name: answer.headers[name] for name in FORWARDED if name in answer.headers}
    return web.Response(body=answer.body, headers=headers)


async def remove_document(request: web.Request) -> web.Response:
    """POST /dossiers/{id}/pieces/{file}/retirer."""
    await call_request(request, "DELETE", f"/documents/{_file(request)}", repeatable=True)
    session = await session_of(request)
    session.flash("success", visit_of(request).gettext("Fichier retiré."))
    return redirect(f"/dossiers/{request.match_info['id']}/{DOCUMENTS}")


def _file(request: web.Request) -> str:
    name = request.match_info["file"]
    if not name.isascii() or not name.replace("-", "").isalnum():
        raise web.HTTPNotFound
    return name


async def _show(
    request: web.Request, dossier: Dossier, errors: list[dict[str, Any]]
) -> web.Response:
    here = f"{dossier.path}/{DOCUMENTS}"
    if not dossier.procedure["documents"]:
        raise web.HTTPNotFound
    if errors and request.headers.get("Accept") == JSON:
        # shown by the page that the script goes on to
        (await session_of(request)).put(REFUSED, errors)
    return await show_page(
        request,
        TEMPLATE,
        status=422 if errors else 200,
        form=True,
        procedure=dossier.procedure,
        dossier=dossier.content,
        errors=errors,
        steps=steps(dossier, here, visit_of(request).gettext),
        back_url=before(steps_of(dossier), here),
        next_url=after(steps_of(dossier), here),
        request_key=form_key(request),
    )
