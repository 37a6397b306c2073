"""Writing to the webmaster: no captcha, no script, nothing lost (LEG-05).

Robots are kept out by three things that cost a person nothing: a form token that must be some
seconds old, a field that people do not see, and a limit by address.
"""

from typing import Any

from aiohttp import web

from chassis.application import CLOCK
from chassis.clock import IdSource
from chassis.http_client import Call, ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.requests.steps import errors_of
from gateway.parts import LIMITS, PROFILE, SERVICES, SIGNER
from gateway.responses import local_path, redirect, show_page
from gateway.visits import session_of, visit_of

TEMPLATE = "legal/contact.html"
FORM_KIND = "feedback-form"
# seen by robots only
TRAP = "site_web"
TYPED = ("subject", "message", "name", "email", "page")
LONGEST = {"subject": 150, "message": 5000, "name": 150, "email": 254, "page": 300}
RECEIVED = "feedback_received"
IDS = IdSource()


async def show_contact(request: web.Request) -> web.Response:
    """GET /contact, or /contact?page=/une-page to speak of a page."""
    page = local_path(request.query.get("page", "")[: LONGEST["page"]], "")
    typed = dict.fromkeys(TYPED, "") | {"page": page}
    return await _show(request, typed, [], new_token(request))


async def send_message(request: web.Request) -> web.Response:
    """POST /contact: kept by the legal service, once for each form shown."""
    visit, fields = visit_of(request), request[FORM]
    await request.app[LIMITS].spend("feedback", visit.address)
    typed = {name: text_of(fields, name).replace("\r\n", "\n").strip() for name in TYPED}
    token = text_of(fields, "form_token")
    if errors := _faults(request, typed):
        return await _show(request, typed, errors, token or new_token(request))
    body = {"form_token": token or "-", "language": visit.language, **typed}
    call = Call("POST", "/feedback", json={k: v for k, v in body.items() if v}, repeatable=True)
    try:
        answer = (await request.app[SERVICES].legal.send(call)).json()
    except ServiceProblem as problem:
        return await _show_refusal(request, typed, token, problem)
    (await session_of(request)).put(RECEIVED, answer)
    return redirect("/contact/recu")


async def show_received(request: web.Request) -> web.Response:
    """GET /contact/recu: the reference of what was just sent."""
    session = visit_of(request).session
    received = session.get(RECEIVED) if session is not None else None
    if received is None:
        return redirect("/contact")
    return await show_page(request, "legal/contact_received.html", received=received)


def new_token(request: web.Request) -> str:
    """Sign that a form is shown now; its number makes two sendings one message."""
    claims = {
        "iss": "gateway",
        "aud": "legal",
        "jti": str(IDS.new_id()),
        "iat": int(request.app[CLOCK].now().timestamp()),
    }
    return request.app[SIGNER].sign(claims, FORM_KIND)


def _faults(request: web.Request, typed: dict[str, str]) -> list[dict[str, str]]:
    _ = visit_of(request).gettext
    wanted = {
        "subject": _("Écrivez l’objet de votre message."),
        "message": _("Écrivez votre message."),
    }
    faults = [
        {"field": name, "message": message} for name, message in wanted.items() if not typed[name]
    ]
    faults += [
        {"field": name, "message": _("Raccourcissez : %s caractères au plus.") % longest}
        for name, longest in LONGEST.items()
        if len(typed[name]) > longest
    ]
    if text_of(request[FORM], TRAP):
        message = _("Laissez vide le champ « Ne rien écrire ici », puis envoyez de nouveau.")
        faults.append({"field": "", "message": message})
    return faults


async def _show_refusal(
    request: web.Request, typed: dict[str, str], token: str, problem: ServiceProblem
) -> web.Response:
    _ = visit_of(request).gettext
    if problem.status == 422:
        message = _("Écrivez l’adresse avec un @, par exemple nom@exemple.fr")
        errors = [
            {"field": fault["field"], "message": message}
            for fault in errors_of(problem)
            if fault["field"] == "email"
        ]
        general = _("Un champ contient un caractère qui ne peut pas être envoyé.")
        return await _show(request, typed, errors or [{"field": "", "message": general}], token)
    if problem.code == "form-refused" and problem.problem.get("reason") == "too-early":
        message = _("C’était très rapide : relisez votre message, puis envoyez-le de nouveau.")
    elif problem.code in ("form-refused", "form-already-used"):
        token = new_token(request)
        message = _(
            "Ce formulaire avait déjà servi ou datait de trop longtemps. Relisez votre message, "
            "puis envoyez-le de nouveau."
        )
    else:
        raise problem
    return await _show(request, typed, [{"field": "", "message": message}], token)


async def _show(
    request: web.Request, typed: dict[str, str], errors: list[dict[str, Any]], token: str
) -> web.Response:
    return await show_page(
        request,
        TEMPLATE,
        status=422 if errors else 200,
        form=True,
        typed=typed,
        errors=errors,
        form_token=token,
        trap=TRAP,
        kept_days=request.app[PROFILE].retention.feedback_days,
        post_lines=request.app[PROFILE].webmaster.address_lines,
    )
