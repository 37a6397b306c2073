"""At the counter: an agent begins a request for the person who is there (REQ-07)."""

from typing import Any

from aiohttp import web

from chassis.http_client import Call, ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.catalogue.reading import read_procedure
from gateway.pages.legal.reading import TERMS, read_document
from gateway.pages.requests.start import is_key, new_request_key
from gateway.pages.staff.desk.access import ask, for_agents, services_of
from gateway.parts import SERVICES
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

TEMPLATE = "staff/desk/counter.html"


@for_agents
async def show_counter(request: web.Request) -> web.Response:
    """GET /agents/guichet: the procedures of the agent's services."""
    language = visit_of(request).language
    procedures = []
    for service in services_of(request):
        query = {"service": service["id"], "language": language}
        figures = (await ask(request, "GET", "/statistics", query=query)).json()
        procedures += figures["procedures"]
    return await show_page(
        request, TEMPLATE, procedures=procedures, procedure=None, terms=None, errors=[]
    )


@for_agents
async def show_entry(request: web.Request) -> web.Response:
    """GET /agents/guichet/{slug}: the terms, to be read with the person."""
    return await _show(request, await _startable(request), [])


@for_agents
async def begin_entry(request: web.Request) -> web.Response:
    """POST /agents/guichet/{slug}: accepted by the person for this request, then the form."""
    procedure, fields, _ = await _startable(request), request[FORM], visit_of(request).gettext
    identifier, _dot, secret = text_of(fields, "request_key").partition(".")
    if not is_key(identifier, secret):
        return await _show(request, procedure, [])
    if text_of(fields, "accepted") != "yes":
        message = _("Cochez la case une fois que la personne a accepté les conditions.")
        return await _show(request, procedure, [{"field": "accepted", "message": message}])
    try:
        receipt = await _accepted_by_person(request, identifier)
    except ServiceProblem as problem:
        if problem.code not in ("version-not-in-force", "invalid-input"):
            raise
        message = _("Les conditions viennent de changer : relisez-les avec la personne.")
        return await _show(request, procedure, [{"field": "", "message": message}])
    body = {
        "id": identifier,
        "procedure": procedure["id"],
        "language": visit_of(request).language,
        "terms_receipt": receipt,
        "access_key": secret,
    }
    await ask(request, "POST", "/entries", json=body, repeatable=True)
    session = await session_of(request)
    session.hold_key(identifier, secret)
    session.note_begun(identifier, procedure["id"], procedure["version"])
    return redirect(f"/dossiers/{identifier}/etapes/{procedure['form']['pages'][0]['id']}")


async def _accepted_by_person(request: web.Request, identifier: str) -> str:
    """Return legal's receipt: the person accepts for this request, not the agent's account."""
    fields, version = request[FORM], text_of(request[FORM], "terms_version")
    body = {
        "subject_kind": "request",
        "subject_id": identifier,
        "document": TERMS,
        "version": int(version) if version.isdecimal() else 0,
        "content_hash": text_of(fields, "terms_hash")[:64],
        "language": visit_of(request).language,
        "page": request.path,
    }
    call = Call("POST", "/acceptances", json=body, repeatable=True)
    return str((await request.app[SERVICES].legal.send(call)).json()["receipt"])


async def _startable(request: web.Request) -> dict[str, Any]:
    known = await read_procedure(request, request.match_info["slug"])
    procedure: dict[str, Any] = known.content
    if procedure["form"] is None or procedure["availability"]["state"] != "open":
        raise web.HTTPNotFound
    return procedure


async def _show(
    request: web.Request, procedure: dict[str, Any], errors: list[dict[str, str]]
) -> web.Response:
    terms = await read_document(request, TERMS)
    return await show_page(
        request,
        TEMPLATE,
        status=422 if errors else 200,
        form=True,
        procedures=[],
        procedure=procedure,
        terms=terms.content,
        errors=errors,
        request_key=new_request_key(),
    )
