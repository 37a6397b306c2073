"""The terms as an account holder accepted them: the evidence, a new version, taking it back."""

from typing import Any

from aiohttp import web

from chassis.http_client import Call, ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.legal.again import find_due, record_acceptance
from gateway.pages.legal.reading import TERMS, read_differences, read_document
from gateway.parts import SERVICES
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

OWN_TERMS = "/compte/conditions"
ERASURE = "/compte/effacement"


async def show_own_terms(request: web.Request) -> web.Response:
    """GET /compte/conditions."""
    if visit_of(request).account is None:
        return redirect(f"/connexion?return_to={OWN_TERMS}")
    return await _show(request, [])


async def accept_own_terms(request: web.Request) -> web.Response:
    """POST /compte/conditions: recorded once for each version."""
    if visit_of(request).account is None:
        return redirect(f"/connexion?return_to={OWN_TERMS}")
    _ = visit_of(request).gettext
    if text_of(request[FORM], "accepted") != "yes":
        message = _("Cochez la case pour accepter les nouvelles conditions, ou revenez plus tard.")
        return await _show(request, [{"field": "accepted", "message": message}])
    try:
        await record_acceptance(request, "")
    except ServiceProblem as problem:
        if problem.code not in ("version-not-in-force", "invalid-input"):
            raise
        message = _("Les conditions viennent encore de changer. Voici le texte en vigueur.")
        return await _show(request, [{"field": "", "message": message}])
    (await session_of(request)).flash("success", _("Votre accord est enregistré."))
    return redirect(OWN_TERMS)


async def withdraw(request: web.Request) -> web.Response:
    """POST /compte/conditions/retrait: recorded; the account is then to be erased."""
    visit = visit_of(request)
    if visit.account is None:
        return redirect(f"/connexion?return_to={OWN_TERMS}")
    path = f"/accounts/{visit.account['account_id']}/withdrawals"
    body = {"document": TERMS, "language": visit.language, "page": request.path}
    await request.app[SERVICES].legal.send(
        Call("POST", path, person=visit.person, json=body, repeatable=True)
    )
    message = visit.gettext(
        "Votre accord est retiré. Sans lui, le compte ne sert plus : vous pouvez l’effacer ici."
    )
    (await session_of(request)).flash("success", message)
    return redirect(ERASURE)


async def _show(request: web.Request, errors: list[dict[str, str]]) -> web.Response:
    visit = visit_of(request)
    due = await find_due(request, "")
    path = f"/accounts/{(visit.account or {})['account_id']}/acceptances"
    call = Call("GET", path, person=visit.person)
    evidence: dict[str, Any] = (await request.app[SERVICES].legal.send(call)).json()
    return await show_page(
        request,
        "legal/own_terms.html",
        status=422 if errors else 200,
        form=True,
        due=due,
        terms=(await read_document(request, TERMS)).content,
        changes=await _changes(request, due),
        acceptances=evidence["acceptances"],
        errors=errors,
    )


async def _changes(request: web.Request, due: dict[str, Any]) -> dict[str, Any] | None:
    last = due["last_accepted"]
    if not due["due"] or last is None:
        return None
    known = await read_differences(request, TERMS, last["version"], due["version"])
    found: dict[str, Any] = known.content
    return found
