"""Before a request: the terms of use, accepted and proved, then the draft (LEG-02)."""

from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.clock import IdSource
from chassis.http_client import Call, ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.catalogue.reading import read_procedure
from gateway.pages.legal.handlers import TERMS, read_document
from gateway.parts import LIMITS, SERVICES
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

IDS = IdSource()
TEMPLATE = "requests/terms.html"


async def show_terms(request: web.Request) -> web.Response:
    """GET /demarches/{slug}/commencer: closed procedures go back to their page, with the dates."""
    procedure = await _startable(request)
    if procedure is None:
        return redirect(f"/demarches/{request.match_info['slug']}")
    return await _show(request, procedure, [], new_request_key())


def new_request_key() -> str:
    """Return the name and the secret of a request to come: sending it twice starts one request."""
    return f"{IDS.new_id()}.{IDS.new_secret()}"


async def accept_terms(request: web.Request) -> web.Response:
    """POST /demarches/{slug}/commencer: record the acceptance, start the draft, show its form."""
    procedure = await _startable(request)
    if procedure is None:
        return redirect(f"/demarches/{request.match_info['slug']}")
    await request.app[LIMITS].spend("start", visit_of(request).address)
    fields, _ = request[FORM], visit_of(request).gettext
    request_key = text_of(fields, "request_key")
    identifier, _dot, secret = request_key.partition(".")
    if not _is_key(identifier, secret):
        return await _show(request, procedure, [], new_request_key())
    if text_of(fields, "accepted") != "yes":
        message = _(
            "Cochez la case pour accepter les conditions : sans elle, la demande ne peut pas "
            "commencer."
        )
        return await _show(request, procedure, [_error("accepted", message)], request_key)
    try:
        receipt = await _accept(request, identifier)
    except ServiceProblem as problem:
        if problem.code not in ("version-not-in-force", "invalid-input"):
            raise
        message = _(
            "Les conditions viennent de changer. Voici le texte en vigueur : relisez-le, puis "
            "acceptez-le."
        )
        return await _show(request, procedure, [_error("", message)], request_key)
    return await _start(request, procedure, identifier, secret, receipt)


async def _startable(request: web.Request) -> dict[str, Any] | None:
    known = await read_procedure(request, request.match_info["slug"])
    procedure: dict[str, Any] = known.content
    is_open = procedure["availability"]["state"] == "open"
    return procedure if is_open and procedure["form"] is not None else None


def _is_key(identifier: str, secret: str) -> bool:
    try:
        return str(UUID(identifier)) == identifier and len(secret) == 43 and secret.isascii()
    except ValueError:
        return False


async def _accept(request: web.Request, identifier: str) -> str:
    """Return legal's signed receipt for this request."""
    fields = request[FORM]
    version = text_of(fields, "terms_version")
    body = {
        "subject_kind": "request",
        "subject_id": identifier,
        "document": TERMS,
        "version": int(version) if version.isascii() and version.isdigit() else 0,
        "content_hash": text_of(fields, "terms_hash")[:64],
        "language": visit_of(request).language,
        "page": request.path,
    }
    call = Call("POST", "/acceptances", json=body, repeatable=True)
    answer = await request.app[SERVICES].legal.send(call)
    return str(answer.json()["receipt"])


async def _start(
    request: web.Request, procedure: dict[str, Any], identifier: str, secret: str, receipt: str
) -> web.Response:
    visit = visit_of(request)
    body = {
        "id": identifier,
        "procedure": procedure["id"],
        "language": visit.language,
        "terms_receipt": receipt,
        "access_key": secret,
    }
    call = Call("POST", "/requests", person=visit.person, json=body, repeatable=True)
    started = (await request.app[SERVICES].procedures.send(call)).json()
    session = await session_of(request)
    session.hold_key(identifier, secret)
    session.note_begun(identifier, procedure["id"], started["version"])
    first = procedure["form"]["pages"][0]["id"]
    return redirect(f"/dossiers/{identifier}/etapes/{first}")


async def _show(
    request: web.Request,
    procedure: dict[str, Any],
    errors: list[dict[str, str]],
    request_key: str,
) -> web.Response:
    terms = await read_document(request, TERMS)
    return await show_page(
        request,
        TEMPLATE,
        status=422 if errors else 200,
        form=True,
        procedure=procedure,
        terms=terms.content,
        errors=errors,
        request_key=request_key,
    )


def _error(field: str, message: str) -> dict[str, str]:
    return {"field": field, "message": message}
