"""Sign in, sign out, and the typing that waited for a sign-in."""

from typing import Any

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.errors import PARKED, show_kept_form
from gateway.forms import FORM, text_of
from gateway.pages.account.access import call_identity
from gateway.pages.account.entering import ACCOUNT, enter
from gateway.pages.account.federation_parts import offered
from gateway.pages.account.provider_sign_out import leave_provider
from gateway.parts import LIMITS
from gateway.responses import local_path, redirect, show_page
from gateway.visits import visit_of

TEMPLATE = "account/sign_in.html"


async def show_sign_in(request: web.Request) -> web.Response:
    """GET /connexion?return_to=."""
    return_to = local_path(request.query.get("return_to", ""), "")
    if visit_of(request).account is not None:
        return redirect(return_to or ACCOUNT)
    return await _show(request, "", [], return_to)


async def sign_person_in(request: web.Request) -> web.Response:
    """POST /connexion: one message whatever was wrong; the session gets a new token."""
    visit, fields = visit_of(request), request[FORM]
    await request.app[LIMITS].spend("sign-in", visit.address)
    identifier, password = text_of(fields, "identifier"), text_of(fields, "password")
    return_to = local_path(text_of(fields, "return_to"), "")
    if errors := _faults(request, identifier, password):
        return await _show(request, identifier, errors, return_to)
    body = {"identifier": identifier[:200], "password": password[:1024]}
    try:
        answer = (await call_identity(request, "/sign-ins", body)).json()
    except ServiceProblem as problem:
        return await _show_refusal(request, identifier, return_to, problem)
    return await enter(request, answer, return_to)


def _faults(request: web.Request, identifier: str, password: str) -> list[dict[str, str]]:
    _ = visit_of(request).gettext
    faults = []
    if not identifier.strip():
        faults.append({"field": "identifier", "message": _("Écrivez votre identifiant.")})
    if not password:
        faults.append({"field": "password", "message": _("Écrivez votre mot de passe.")})
    return faults


async def _show_refusal(
    request: web.Request, identifier: str, return_to: str, problem: ServiceProblem
) -> web.Response:
    _ = visit_of(request).gettext
    if problem.status == 429:
        seconds = int(problem.problem.get("retry_after", 60))
        message = _(
            "Trop d’essais en peu de temps. Réessayez dans %s secondes, ou faites votre démarche "
            "sans compte."
        )
        errors = [{"field": "", "message": message % seconds}]
        response = await _show(request, identifier, errors, return_to, status=429)
        response.headers["Retry-After"] = str(seconds)
        return response
    if problem.code == "account-not-usable":
        message = unusable(request, str(problem.problem.get("state", "")))
    elif problem.status in (401, 422):
        message = _("L’identifiant ou le mot de passe n’est pas le bon.")
    else:
        raise problem
    return await _show(request, identifier, [{"field": "", "message": message}], return_to)


def unusable(request: web.Request, state: str) -> str:
    """Say why an account cannot be used, to somebody who showed that it is theirs."""
    _ = visit_of(request).gettext
    texts = {
        "pending": _("Confirmez d’abord votre adresse : suivez le lien reçu par courriel."),
        "frozen": _(
            "Ce compte est gelé. Pour le rouvrir, choisissez un nouveau mot de passe avec "
            "« Mot de passe ou identifiant perdu »."
        ),
    }
    other = _("Ce compte est suspendu ou résilié. Le motif vous a été envoyé par courriel.")
    return texts.get(state, other)


async def sign_person_out(request: web.Request) -> web.Response:
    """POST /deconnexion: the session ends on the server, not only in the browser."""
    return redirect(await leave_provider(request))


async def show_parked(request: web.Request) -> web.Response:
    """GET /reprise: what was typed before the session ended, ready to be sent."""
    session = visit_of(request).session
    parked: dict[str, Any] | None = session.get(PARKED) if session is not None else None
    if parked is None or visit_of(request).account is None:
        return redirect(ACCOUNT)
    return await show_kept_form(request, "account", 200, parked["action"], parked["kept"])


async def _show(
    request: web.Request,
    identifier: str,
    errors: list[dict[str, str]],
    return_to: str,
    *,
    status: int = 0,
) -> web.Response:
    return await show_page(
        request,
        TEMPLATE,
        status=status or (422 if errors else 200),
        form=True,
        identifier=identifier,
        errors=errors,
        return_to=return_to,
        provider=offered(request, staff=return_to.startswith("/agents")),
    )
