"""An identity that no account has: prove one's account, or open one (ACC-12).

Never by e-mail alone: the account's password, and its second factor when there is one.
"""

from typing import Any

from aiohttp import web
from multidict import MultiDict

from chassis.caller import Person
from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.account.access import call_identity
from gateway.pages.account.entering import enter
from gateway.pages.account.failures import fail
from gateway.pages.account.faults import Fault, faults_of
from gateway.pages.account.federation_parts import PENDING, provider_of
from gateway.pages.account.registration import DONE, changed_terms, unaccepted
from gateway.pages.account.sign_in import unusable
from gateway.pages.legal.again import record_for_account
from gateway.pages.legal.reading import TERMS, read_document
from gateway.parts import LIMITS
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

TEMPLATE = "account/federation_choice.html"
TYPED = ("identifier", "new_identifier", "email")


async def show_choice(request: web.Request) -> web.Response:
    """GET /connexion/{provider}/choix."""
    waiting = await _waiting(request)
    if waiting is None:
        return redirect("/connexion")
    return await _show(request, waiting, [])


async def link_account(request: web.Request) -> web.Response:
    """POST /connexion/{provider}/lien: the password, then the second step if there is one."""
    visit, fields, waiting = visit_of(request), request[FORM], await _waiting(request)
    await request.app[LIMITS].spend("sign-in", visit.address)
    if waiting is None:
        return await fail(request, "expired", "")
    identifier, password = _identifier(request), text_of(fields, "password")
    if errors := _empty(request, {"identifier": identifier, "password": password}):
        return await _show(request, waiting, errors)
    body = {
        "token": waiting["token"],
        "identifier": identifier[:200],
        "password": password[:1024],
    }
    try:
        answer = (await call_identity(request, "/federated-sign-ins/proofs", body)).json()
    except ServiceProblem as problem:
        return await _refused(request, waiting, problem)
    (await session_of(request)).pop(PENDING)
    return await enter(request, answer, waiting["return_to"], waiting["federation"])


async def open_account(request: web.Request) -> web.Response:
    """POST /connexion/{provider}/compte: no password; the terms, and an e-mail to confirm."""
    visit, fields, waiting = visit_of(request), request[FORM], await _waiting(request)
    await request.app[LIMITS].spend("registration", visit.address)
    if waiting is None:
        return await fail(request, "expired", "")
    typed = {name: text_of(fields, name).strip() for name in ("new_identifier", "email")}
    if errors := [*_empty(request, typed), *await unaccepted(request)]:
        return await _show(request, waiting, errors)
    body = {
        "token": waiting["token"],
        "identifier": typed["new_identifier"][:200],
        "email": typed["email"][:320],
        "language": visit.language,
        "keep_identity": text_of(fields, "keep_identity") == "yes",
    }
    try:
        opened = (await call_identity(request, "/federated-sign-ins/registrations", body)).json()
        await record_for_account(request, Person(opened["account_id"]))
    except ServiceProblem as problem:
        if problem.code == "version-not-in-force":
            return await _show(request, waiting, [changed_terms(request)])
        return await _refused(request, waiting, problem)
    session = await session_of(request)
    session.pop(PENDING)
    session.put(DONE, typed["email"])
    return redirect("/inscription/faite")


async def _waiting(request: web.Request) -> dict[str, Any] | None:
    """Return the choice that waits in this session, for the provider of the address."""
    name, session = provider_of(request).settings.name, visit_of(request).session
    found: dict[str, Any] | None = session.get(PENDING) if session is not None else None
    return found if found is not None and found["provider"] == name else None


def _identifier(request: web.Request) -> str:
    """Return the identifier typed; whoever is signed in links their own account only."""
    account = visit_of(request).account
    return str(account["identifier"]) if account else text_of(request[FORM], "identifier").strip()


async def _refused(
    request: web.Request, waiting: dict[str, Any], problem: ServiceProblem
) -> web.Response:
    _ = visit_of(request).gettext
    if problem.code in ("proof-refused", "link-taken"):
        (await session_of(request)).pop(PENDING)
        reason = "expired" if problem.code == "proof-refused" else problem.code
        return await fail(request, reason, waiting["return_to"])
    if problem.code == "account-not-usable":
        message = unusable(request, str(problem.problem.get("state", "")))
        return await _show(request, waiting, [{"field": "", "message": message}])
    if problem.code == "sign-in-refused":
        message = _("L’identifiant ou le mot de passe n’est pas le bon.")
        return await _show(request, waiting, [{"field": "", "message": message}])
    places = {"identifier": "new_identifier"}
    faults = faults_of(problem, _)
    errors = [{**one, "field": places.get(one["field"], one["field"])} for one in faults]
    return await _show(request, waiting, errors, 429 if problem.status == 429 else 422)


def _empty(request: web.Request, typed: dict[str, str]) -> list[Fault]:
    _ = visit_of(request).gettext
    messages = {
        "identifier": _("Écrivez votre identifiant."),
        "password": _("Écrivez votre mot de passe."),
        "new_identifier": _("Choisissez un identifiant."),
        "email": _("Écrivez votre adresse électronique."),
    }
    return [{"field": name, "message": messages[name]} for name, text in typed.items() if not text]


async def _show(
    request: web.Request, waiting: dict[str, Any], errors: list[Fault], status: int = 422
) -> web.Response:
    fields = request.get(FORM, MultiDict())
    typed = {name: text_of(fields, name) for name in TYPED}
    may_open = waiting["provider"] == "franceconnect" and not waiting["link"]
    return await show_page(
        request,
        TEMPLATE,
        status=status if errors else 200,
        form=True,
        errors=errors,
        provider={"name": waiting["provider"], "title": provider_of(request).settings.title},
        name=waiting["name"],
        pending=waiting["pending"],
        typed=typed | {"email": typed["email"] or waiting["email"]},
        own_identifier=(visit_of(request).account or {}).get("identifier", ""),
        accepted=text_of(fields, "accepted") == "yes",
        keep_identity=text_of(fields, "keep_identity") == "yes",
        terms=(await read_document(request, TERMS)).content if may_open else None,
    )
