"""Lost password, lost identifier, "it was not me": the same words whatever is known."""

from typing import Any

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.account.access import call_identity, keep_secret, secret_of
from gateway.pages.account.faults import faults_of
from gateway.pages.account.registration import asks_rules, rules_of
from gateway.parts import LIMITS, SESSIONS
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

RESET = "reset"
FREEZE = "freeze"
EMAIL = "email"


async def show_recovery(request: web.Request) -> web.Response:
    """GET /recuperation."""
    return await show_page(request, "account/recovery.html", form=True, errors=[], typed="")


async def ask_recovery(request: web.Request) -> web.Response:
    """POST /recuperation: always the same page afterwards."""
    visit, fields = visit_of(request), request[FORM]
    await request.app[LIMITS].spend("recovery", visit.address)
    typed = text_of(fields, "typed").strip()[:320]
    lost = "identifier" if text_of(fields, "go") == "identifier" else "password"
    if not typed:
        _ = visit.gettext
        errors = [{"field": "typed", "message": _("Écrivez votre identifiant ou votre adresse.")}]
        return await show_page(
            request, "account/recovery.html", status=422, form=True, errors=errors, typed=typed
        )
    await call_identity(request, "/recoveries", {"lost": lost, "typed": typed})
    return redirect("/recuperation/faite")


async def show_recovery_sent(request: web.Request) -> web.Response:
    """GET /recuperation/faite."""
    return await show_page(request, "account/recovery_sent.html")


async def show_reset(request: web.Request) -> web.Response:
    """GET /recuperation/mot-de-passe?lien=."""
    if moved := await keep_secret(request, RESET):
        return moved
    return await _show_reset(request, "", [])


async def reset_password(request: web.Request) -> web.Response:
    """POST /recuperation/mot-de-passe: the account's sessions end."""
    visit, fields = visit_of(request), request[FORM]
    password, code = text_of(fields, "new_password"), text_of(fields, "code").strip()
    if await asks_rules(request):
        return await _show_reset(request, password, [])
    await request.app[LIMITS].spend("recovery", visit.address)
    secret = await secret_of(request, RESET)
    body: dict[str, Any] = {"secret": secret or "-", "password": password[:1024] or "-"}
    if code:
        body |= {"kind": _kind(code), "code": code[:40]}
    try:
        answer = await call_identity(request, "/recoveries/resets", body)
    except ServiceProblem as problem:
        return await _show_reset(request, password, faults_of(problem, visit.gettext))
    await request.app[SESSIONS].end_account(answer.json()["account_id"])
    session = await session_of(request)
    session.pop(f"link {RESET}")
    _ = visit.gettext
    session.flash("success", _("Votre mot de passe est changé. Connectez-vous."))
    return redirect("/connexion")


async def show_freeze(request: web.Request) -> web.Response:
    """GET /gel?lien=: one button."""
    if moved := await keep_secret(request, FREEZE):
        return moved
    return await show_page(request, "account/freeze.html", form=True, errors=[], done=False)


async def freeze(request: web.Request) -> web.Response:
    """POST /gel: the account of the notice is frozen, its sessions end (ACC-07)."""
    try:
        secret = await secret_of(request, FREEZE)
        answer = await call_identity(request, "/freezes", {"secret": secret or "-"})
    except ServiceProblem as problem:
        errors = faults_of(problem, visit_of(request).gettext)
        return await show_page(
            request, "account/freeze.html", status=422, form=True, errors=errors, done=False
        )
    await request.app[SESSIONS].end_account(answer.json()["account_id"])
    return await show_page(request, "account/freeze.html", errors=[], done=True)


async def show_email_confirmation(request: web.Request) -> web.Response:
    """GET /compte/courriel/confirmation?lien=."""
    if moved := await keep_secret(request, EMAIL):
        return moved
    return await show_page(request, "account/confirm_email.html", form=True, errors=[])


async def confirm_email(request: web.Request) -> web.Response:
    """POST /compte/courriel/confirmation: one of the two addresses agrees."""
    _ = visit_of(request).gettext
    try:
        secret = await secret_of(request, EMAIL)
        answer = await call_identity(request, "/email-confirmations", {"secret": secret or "-"})
    except ServiceProblem as problem:
        return await show_page(
            request,
            "account/confirm_email.html",
            status=422,
            form=True,
            errors=faults_of(problem, _),
        )
    text = (
        _("Votre adresse est changée.")
        if answer.json()["done"]
        else _("C’est noté. Le changement se fera quand l’autre adresse aura confirmé aussi.")
    )
    (await session_of(request)).flash("success", text)
    return redirect("/compte")


async def _show_reset(
    request: web.Request, password: str, errors: list[dict[str, str]]
) -> web.Response:
    secret, link = await secret_of(request, RESET), None
    try:
        link = (await call_identity(request, "/recoveries/links", {"secret": secret or "-"})).json()
    except ServiceProblem as problem:
        errors = errors or faults_of(problem, visit_of(request).gettext)
    return await show_page(
        request,
        "account/reset.html",
        status=422 if errors else 200,
        form=True,
        link=link,
        errors=errors,
        rules=await rules_of(request, password, {}),
        checked=bool(password),
    )


def _kind(code: str) -> str:
    """A one-time code has digits only; anything else is a recovery code."""
    return "totp" if code.replace(" ", "").isdigit() else "recovery"
