"""Before a request: the terms of use, accepted and proved, then the draft (LEG-02)."""

from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.clock import IdSource
from chassis.http_client import Call, ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.catalogue.reading import read_procedure
from gateway.pages.legal.again import find_due, receipt_of, record_acceptance
from gateway.pages.legal.reading import TERMS, read_document
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
    if not is_key(identifier, secret):
        return await _show(request, procedure, [], new_request_key())
    due = await due_for_account(request, identifier)
    if due and text_of(fields, "accepted") != "yes":
        message = _(
            "Cochez la case pour accepter les conditions : sans elle, la demande ne peut pas "
            "commencer."
        )
        return await _show(request, procedure, [error_at("accepted", message)], request_key)
    try:
        receipt = await accept_once(request, identifier, due=due)
    except ServiceProblem as problem:
        if problem.code not in ("version-not-in-force", "invalid-input", "acceptance-due"):
            raise
        message = _(
            "Les conditions viennent de changer. Voici le texte en vigueur : relisez-le, puis "
            "acceptez-le."
        )
        return await _show(request, procedure, [error_at("", message)], request_key)
    return await _start(request, procedure, identifier, secret, receipt)


async def _startable(request: web.Request) -> dict[str, Any] | None:
    known = await read_procedure(request, request.match_info["slug"])
    procedure: dict[str, Any] = known.content
    is_open = procedure["availability"]["state"] == "open"
    return procedure if is_open and procedure["form"] is not None else None


def is_key(identifier: str, secret: str) -> bool:
    """Say whether a key has the shape of those made by `new_request_key`."""
    try:
        return str(UUID(identifier)) == identifier and len(secret) == 43 and secret.isascii()
    except ValueError:
        return False


async def due_for_account(request: web.Request, identifier: str) -> bool:
    """Say whether the terms must be accepted: an account does it once for each version (LEG-02)."""
    if visit_of(request).account is None:
        return True
    return bool((await find_due(request, identifier))["due"])


async def accept_once(request: web.Request, identifier: str, *, due: bool) -> str:
    """Return legal's signed receipt for this request: of its own acceptance, or the account's."""
    found = await record_acceptance(request, identifier) if due else {}
    return await receipt_of(request, identifier, found)


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
    account = visit_of(request).account
    due = await find_due(request, request_key.partition(".")[0]) if account is not None else None
    return await show_page(
        request,
        TEMPLATE,
        status=422 if errors else 200,
        form=True,
        procedure=procedure,
        terms=terms.content,
        already_accepted=due["last_accepted"] if due is not None and not due["due"] else None,
        errors=errors,
        request_key=request_key,
    )


def error_at(field: str, message: str) -> dict[str, str]:
    """Return an error as the templates show it."""
    return {"field": field, "message": message}
