"""Coming back to a draft without an account: a link by mail, opened, cancelled (SES-03)."""

from typing import Any

from aiohttp import web

from chassis.http_client import Call, ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.account.access import keep_secret, secret_of
from gateway.pages.requests.dossier import Dossier, call_request, form_key, read_dossier
from gateway.parts import LIMITS, SERVICES, SETTINGS
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

TEMPLATE = "requests/resumption.html"
PLACE = "resume"
LATER = "revenir"


async def show_link(request: web.Request) -> web.Response:
    """GET /dossiers/{id}/revenir: what ends with the session, and the link that does not."""
    dossier = await read_dossier(request)
    if not dossier.is_draft or dossier.content.get("of_account"):
        return redirect(dossier.path)
    return await _show(request, dossier, "", [])


async def send_link(request: web.Request) -> web.Response:
    """POST /dossiers/{id}/revenir: send a link, or cancel the one that was sent."""
    dossier, fields, _ = await read_dossier(request), request[FORM], visit_of(request).gettext
    if not dossier.is_draft or dossier.content.get("of_account"):
        return redirect(dossier.path)
    session, here = await session_of(request), f"{dossier.path}/{LATER}"
    if text_of(fields, "go") == "cancel":
        await call_request(request, "DELETE", "/resume-link", repeatable=True)
        session.flash("success", _("Le lien n’ouvre plus rien."))
        return redirect(here)
    await request.app[LIMITS].spend("resume-link", visit_of(request).address)
    email = text_of(fields, "email").strip()[:254]
    body = {"email": email, "language": visit_of(request).language}
    try:
        await call_request(request, "POST", "/resume-link", json=body)
    except ServiceProblem as problem:
        told = {
            "invalid-input": _("Écrivez une adresse électronique, par exemple nom@exemple.fr."),
            "too-many-links": _(
                "Assez de liens ont été envoyés aujourd’hui. Le dernier reçu reste valable ; "
                "vous pourrez en demander un autre demain."
            ),
        }
        if problem.code not in told:
            raise
        errors = [{"field": "email", "message": told[problem.code]}]
        return await _show(request, dossier, email, errors)
    session.flash("success", _("Le lien est envoyé. S’il n’arrive pas, vérifiez l’adresse."))
    return redirect(here)


async def open_link(request: web.Request) -> web.Response:
    """GET /reprendre-un-brouillon?lien=: the secret goes to the session, then opens the draft."""
    if moved := await keep_secret(request, PLACE):
        return moved
    await request.app[LIMITS].spend("resume", visit_of(request).address)
    secret = await secret_of(request, PLACE)
    try:
        opened = await _opened(request, secret) if secret else None
    except ServiceProblem as problem:
        if problem.status != 404:
            raise
        opened = None
    session = await session_of(request)
    session.pop(f"link {PLACE}")
    if opened is None:
        return await show_page(request, "requests/resumption_ended.html", status=404)
    session.hold_key(opened["id"], opened["access_key"])
    return redirect(f"/dossiers/{opened['id']}")


async def _opened(request: web.Request, secret: str) -> dict[str, Any]:
    call = Call("POST", "/resumptions", json={"secret": secret}, repeatable=True)
    found: dict[str, Any] = (await request.app[SERVICES].procedures.send(call)).json()
    return found


async def _show(
    request: web.Request, dossier: Dossier, email: str, errors: list[dict[str, str]]
) -> web.Response:
    link = (await call_request(request, "GET", "/resume-link")).json()
    settings = request.app[SETTINGS]
    return await show_page(
        request,
        TEMPLATE,
        status=422 if errors else 200,
        form=True,
        procedure=dossier.procedure,
        dossier=dossier.content,
        link=link,
        email=email,
        errors=errors,
        idle_minutes=settings.idle_minutes,
        absolute_hours=settings.absolute_hours,
        request_key=form_key(request),
    )
