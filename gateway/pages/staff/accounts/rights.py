"""The register of rights: open requests, written ones, answers (DAT-01)."""

import re

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.account.data import right_names
from gateway.pages.staff.accounts.access import KEEPERS, call_staff, for_staff
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

REGISTER = "/agents/droits"
FRENCH_DATE = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")


@for_staff(KEEPERS)
async def show_register(request: web.Request) -> web.Response:
    """GET /agents/droits: the most urgent first."""
    return await _show(request, [], {})


@for_staff(KEEPERS)
async def record_written(request: web.Request) -> web.Response:
    """POST /agents/droits: a request that came by post or e-mail, quoting an identifier."""
    _, fields = visit_of(request).gettext, request[FORM]
    names = ("identifier", "right", "channel", "received_on", "text")
    typed = {name: text_of(fields, name).strip()[:4000] for name in names}
    found = FRENCH_DATE.fullmatch(typed["received_on"])
    received = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else typed["received_on"]
    try:
        body = {**typed, "identifier": typed["identifier"][:200], "received_on": received}
        await call_staff(request, "POST", "/rights-requests", body)
    except ServiceProblem as problem:
        if problem.status == 404:
            fault = {"field": "identifier", "message": _("Aucun compte n’a cet identifiant.")}
        elif problem.status == 422:
            message = _("Remplissez tous les champs, avec un jour de réception déjà passé.")
            fault = {"field": "", "message": message}
        else:
            raise
        return await _show(request, [fault], typed)
    (await session_of(request)).flash("success", _("La demande est au registre."))
    return redirect(REGISTER)


@for_staff(KEEPERS)
async def answer(request: web.Request) -> web.Response:
    """POST /agents/droits/{id}: `go=grant` or `go=refuse`, with words for the person."""
    _, fields = visit_of(request).gettext, request[FORM]
    text = text_of(fields, "text").strip()[:4000]
    if not text:
        (await session_of(request)).flash("error", _("Écrivez la réponse."))
        return redirect(REGISTER)
    body = {"granted": text_of(fields, "go") == "grant", "text": text}
    path = f"/rights-requests/{request.match_info['id']}/answer"
    await call_staff(request, "POST", path, body)
    (await session_of(request)).flash("success", _("La réponse est envoyée."))
    return redirect(REGISTER)


async def _show(
    request: web.Request, errors: list[dict[str, str]], typed: dict[str, str]
) -> web.Response:
    opened = (await call_staff(request, "GET", "/rights-requests")).json()["requests"]
    rights = right_names(request)
    names = dict(rights)
    return await show_page(
        request,
        "staff/accounts/rights.html",
        status=422 if errors else 200,
        form=True,
        errors=errors,
        typed=typed,
        rights=[{"value": value, "label": label} for value, label in rights],
        opened=[{**one, "name": names[one["right"]]} for one in opened],
    )
