"""Opening an account: each rule of the password shown met or not, with or without a script."""

from collections.abc import Sequence
from typing import Any

from aiohttp import web

from chassis.caller import Person
from chassis.clock import IdSource
from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.account.access import call_identity, keep_secret, secret_of
from gateway.pages.account.faults import faults_of
from gateway.pages.account.federation_parts import offered
from gateway.pages.legal.again import record_for_account
from gateway.pages.legal.reading import TERMS, read_document
from gateway.parts import LIMITS
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

TEMPLATE = "account/registration.html"
DONE = "registered"
KEY = "registration_key"
CONFIRM = "confirmation"
IDS = IdSource()


async def show_registration(request: web.Request) -> web.Response:
    """GET /inscription."""
    return await _show(request, {"identifier": "", "email": ""}, "", [])


async def register(request: web.Request) -> web.Response:
    """POST /inscription: `go=rules` only shows which rules the password meets."""
    visit, fields = visit_of(request), request[FORM]
    typed = {name: text_of(fields, name).strip() for name in ("identifier", "email")}
    password = text_of(fields, "new_password")
    if await asks_rules(request):
        return await _show(request, typed, password, [])
    await request.app[LIMITS].spend("registration", visit.address)
    if errors := [*_empty(request, typed, password), *await unaccepted(request)]:
        return await _show(request, typed, password, errors)
    session = await session_of(request)
    body = {**typed, "password": password[:1024], "language": visit.language, "key": _key(session)}
    try:
        opened = (await call_identity(request, "/registrations", body)).json()
        # repeated with the same key, the registration and the acceptance are the same ones
        await record_for_account(request, Person(opened["account_id"]))
    except ServiceProblem as problem:
        if problem.code == "version-not-in-force":
            return await _show(request, typed, password, [changed_terms(request)])
        return await _show(request, typed, password, faults_of(problem, visit.gettext))
    session.pop(KEY)
    session.put(DONE, typed["email"])
    return redirect("/inscription/faite")


async def unaccepted(request: web.Request) -> list[dict[str, str]]:
    """Return the fault when the terms in force were not accepted (LEG-02): nothing is opened.

    Raises `ServiceUnavailable` when legal cannot say which terms those are.
    """
    fields, _ = request[FORM], visit_of(request).gettext
    terms = (await read_document(request, TERMS)).content
    if text_of(fields, "accepted") != "yes":
        message = _("Cochez la case pour accepter les conditions : sans elles, pas de compte.")
        return [{"field": "accepted", "message": message}]
    if text_of(fields, "terms_hash") != terms["content_hash"]:
        return [changed_terms(request)]
    return []


def changed_terms(request: web.Request) -> dict[str, str]:
    """Return the fault of an acceptance of terms that are no longer in force."""
    _ = visit_of(request).gettext
    message = _("Les conditions viennent de changer : relisez-les, puis cochez la case.")
    return {"field": "accepted", "message": message}


async def show_registered(request: web.Request) -> web.Response:
    """GET /inscription/faite: a mail is on its way."""
    session = visit_of(request).session
    email = session.get(DONE) if session is not None else None
    if email is None:
        return redirect("/inscription")
    return await show_page(request, "account/registered.html", email=email)


async def show_confirmation(request: web.Request) -> web.Response:
    """GET /inscription/confirmation?lien=: a button, for mail readers follow links too."""
    if moved := await keep_secret(request, CONFIRM):
        return moved
    return await show_page(request, "account/confirm_email.html", form=True, errors=[])


async def confirm(request: web.Request) -> web.Response:
    """POST /inscription/confirmation."""
    _ = visit_of(request).gettext
    try:
        secret = await secret_of(request, CONFIRM)
        await call_identity(request, "/registrations/confirmations", {"secret": secret or "-"})
    except ServiceProblem as problem:
        errors = faults_of(problem, _)
        return await show_page(
            request, "account/confirm_email.html", status=422, form=True, errors=errors
        )
    (await session_of(request)).flash(
        "success", _("Votre adresse est confirmée. Vous pouvez vous connecter.")
    )
    return redirect("/connexion")


async def asks_rules(request: web.Request) -> bool:
    """Say whether a form only asks which rules its password meets: a page does so while one types.

    Limited apart: who types slowly spends nothing of what opens or recovers an account.
    """
    if text_of(request[FORM], "go") != "rules":
        return False
    await request.app[LIMITS].spend("password-rules", visit_of(request).address)
    return True


async def rules_of(
    request: web.Request, password: str, typed: dict[str, str]
) -> Sequence[dict[str, Any]]:
    """Return each rule with whether the password meets it."""
    body = {
        "password": password[:1024],
        "identifier": typed.get("identifier", "")[:200],
        "email": typed.get("email", "")[:320],
        "language": visit_of(request).language,
    }
    answer = await call_identity(request, "/password-rules", body)
    rules: Sequence[dict[str, Any]] = answer.json()["rules"]
    return rules


async def _show(
    request: web.Request, typed: dict[str, str], password: str, errors: list[dict[str, str]]
) -> web.Response:
    _key(await session_of(request))
    return await show_page(
        request,
        TEMPLATE,
        status=422 if errors else 200,
        form=True,
        typed=typed,
        errors=errors,
        rules=await rules_of(request, password, typed),
        checked=bool(password),
        terms=(await read_document(request, TERMS)).content,
        accepted=text_of(request[FORM], "accepted") == "yes" if FORM in request else False,
        provider=offered(request),
    )


def _key(session: Any) -> str:
    """Return the idempotency key of this browser's registration, made once."""
    if not session.get(KEY):
        session.put(KEY, IDS.new_secret())
    return str(session.get(KEY))


def _empty(request: web.Request, typed: dict[str, str], password: str) -> list[dict[str, str]]:
    _ = visit_of(request).gettext
    wanted = {
        "identifier": (typed["identifier"], _("Choisissez un identifiant.")),
        "email": (typed["email"], _("Écrivez votre adresse électronique.")),
        "new_password": (password, _("Choisissez un mot de passe.")),
    }
    return [
        {"field": name, "message": message}
        for name, (value, message) in wanted.items()
        if not value
    ]
