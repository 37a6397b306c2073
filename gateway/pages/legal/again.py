"""Asking again for the terms when something material changed, in the middle of a form (LEG-03).

The gateway holds no rule: each text says which acceptance still holds (`acceptance_floor`), and
until when that is so. What was typed is saved before anybody is asked.
"""

from typing import Any

from aiohttp import web

from chassis.caller import Person
from chassis.http_client import Call, ServiceProblem, ServiceUnavailable
from gateway.forms import FORM, text_of
from gateway.pages.legal.reading import TERMS, read_differences, read_document
from gateway.pages.requests.dossier import (
    call_request,
    read_dossier,
    request_id,
    request_path,
)
from gateway.parts import SERVICES
from gateway.responses import local_path, redirect, show_page
from gateway.visits import session_of, visit_of

ACCEPTED = "accepted_terms"
MAX_HELD = 20


async def conditions_to_accept(request: web.Request) -> str | None:
    """Return the address where the owner of a request accepts the new terms; None when none is due.

    While the legal service is away nobody is stopped: the acceptance that was given stands.
    """
    try:
        terms = (await read_document(request, TERMS)).content
        accepted = await _accepted_version(request)
    except ServiceUnavailable:
        return None
    if accepted is None or accepted >= terms["acceptance_floor"]:
        return None
    return f"{request_path(request)}/conditions?suite={request.path}"


async def note_accepted(request: web.Request, number: str, version: int) -> None:
    """Remember which version was accepted for a request, so that legal is not asked each time."""
    session = await session_of(request)
    held = {name: one for name, one in session.get(ACCEPTED, {}).items() if name != number}
    newest = dict(list(held.items())[-(MAX_HELD - 1) :])
    session.put(ACCEPTED, {**newest, number: version})


async def find_due(request: web.Request, number: str) -> dict[str, Any]:
    """Return what the owner of a request must accept: the account, or nobody but this request."""
    visit = visit_of(request)
    account = visit.account
    path = f"/accounts/{account['account_id']}" if account else f"/requests/{number}"
    query = {"document": TERMS, "language": visit.language}
    call = Call("GET", f"{path}/acceptance-due", person=visit.person, query=query)
    found: dict[str, Any] = (await request.app[SERVICES].legal.send(call)).json()
    return found


async def record_acceptance(request: web.Request, number: str) -> dict[str, Any]:
    """Have legal record what the form says was accepted; raise `ServiceProblem` when it is not."""
    person = visit_of(request).person
    if person is None:
        return await _record(request, "request", number, None)
    return await record_for_account(request, person)


async def record_for_account(request: web.Request, person: Person) -> dict[str, Any]:
    """The same for an account, signed in or just opened."""
    return await _record(request, "account", person.account_id, person)


async def _record(
    request: web.Request, kind: str, subject_id: str, person: Person | None
) -> dict[str, Any]:
    fields = request[FORM]
    version = text_of(fields, "terms_version")
    body = {
        "subject_kind": kind,
        "subject_id": subject_id,
        "document": TERMS,
        "version": int(version) if version.isascii() and version.isdigit() else 0,
        "content_hash": text_of(fields, "terms_hash")[:64],
        "language": visit_of(request).language,
        "page": request.path,
    }
    call = Call("POST", "/acceptances", person=person, json=body, repeatable=True)
    found: dict[str, Any] = (await request.app[SERVICES].legal.send(call)).json()
    return found


async def show_conditions(request: web.Request) -> web.Response:
    """GET /dossiers/{id}/conditions?suite=: what changed, and the new terms to accept."""
    await read_dossier(request)  # its owner's alone: nobody else learns what was accepted for it
    following = local_path(request.query.get("suite", ""), request_path(request))
    return await _show(request, following, [])


async def accept_conditions(request: web.Request) -> web.Response:
    """POST /dossiers/{id}/conditions: recorded once, then back to where the person was."""
    await read_dossier(request)  # nobody accepts for another person (SEC-02)
    fields, _ = request[FORM], visit_of(request).gettext
    following = local_path(text_of(fields, "return_to"), request_path(request))
    if text_of(fields, "accepted") != "yes":
        message = _("Cochez la case pour accepter les nouvelles conditions, ou revenez plus tard.")
        return await _show(request, following, [{"field": "accepted", "message": message}])
    number = request_id(request)
    try:
        found = await record_acceptance(request, number)
    except ServiceProblem as problem:
        if problem.code not in ("version-not-in-force", "invalid-input"):
            raise
        message = _("Les conditions viennent encore de changer. Voici le texte en vigueur.")
        return await _show(request, following, [{"field": "", "message": message}])
    await _renew(request, await receipt_of(request, number, found))
    await note_accepted(request, number, int(text_of(fields, "terms_version")))
    return redirect(following)


async def receipt_of(request: web.Request, number: str, accepted: dict[str, Any]) -> str:
    """Return legal's signed receipt for a request: of its own acceptance, or the account's."""
    visit = visit_of(request)
    if visit.account is None:
        return str(accepted["receipt"])
    path = f"/accounts/{visit.account['account_id']}/receipts"
    body = {"request_id": number, "document": TERMS}
    call = Call("POST", path, person=visit.person, json=body, repeatable=True)
    return str((await request.app[SERVICES].legal.send(call)).json()["receipt"])


async def _renew(request: web.Request, receipt: str) -> None:
    """Have the draft stand on the acceptance just given; a filed request keeps its own."""
    body = {"terms_receipt": receipt}
    try:
        await call_request(request, "PUT", "/terms", json=body, repeatable=True)
    except ServiceProblem as problem:
        if problem.code != "request-filed":
            raise


async def _accepted_version(request: web.Request) -> int | None:
    """Return the version accepted for this request; None when nobody can tell."""
    number = request_id(request)
    session = visit_of(request).session
    held = session.get(ACCEPTED, {}).get(number) if session is not None else None
    if held is not None:
        return int(held)
    try:
        last = (await find_due(request, number))["last_accepted"]
    except ServiceProblem:
        return None
    if last is None:
        return None
    await note_accepted(request, number, last["version"])
    return int(last["version"])


async def _show(request: web.Request, following: str, errors: list[dict[str, str]]) -> web.Response:
    due = await find_due(request, request_id(request))
    last = due["last_accepted"]
    if not due["due"] and last is not None:
        await note_accepted(request, request_id(request), last["version"])
        return redirect(following)
    terms = (await read_document(request, TERMS)).content
    changes = None
    if last is not None:
        changes = (
            await read_differences(request, TERMS, last["version"], terms["version"])
        ).content
    return await show_page(
        request,
        "legal/again.html",
        status=422 if errors else 200,
        form=True,
        action=f"{request_path(request)}/conditions",
        terms=terms,
        changes=changes,
        return_to=following,
        errors=errors,
    )
