"""Rights of business applications: tokens given and taken back by administrators."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.application import CLOCK
from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.staff.desk.access import ask, for_administrators
from gateway.pages.staff.desk.dossier import IDS, form_token
from gateway.parts import PROFILE
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

ADDRESS = "/agents/applications"
SCOPES = ("list", "read", "change")
SHOWN_ONCE = "shown_once"
TYPED = ("name", "service", "days")
MAX_DAYS = 400


@for_administrators
async def list_applications(request: web.Request) -> web.Response:
    """GET /agents/applications: tokens, addresses that are told, and who gave what."""
    return await show_applications(request)


@for_administrators
async def give_token(request: web.Request) -> web.Response:
    """POST /agents/applications/jetons: its secret is on the next page, and nowhere after."""
    fields, _ = request[FORM], visit_of(request).gettext
    typed = {name: text_of(fields, name).strip() for name in TYPED}
    scopes = [scope for scope in SCOPES if text_of(fields, f"scope.{scope}") == "yes"]
    errors = _faults(request, typed, scopes)
    if not errors:
        body = {**typed, "days": int(typed["days"]), "scopes": scopes, "id": form_token(fields)}
        try:
            given = (await ask(request, "POST", "/tokens", json=body)).json()
        except ServiceProblem as problem:
            errors = refusal(request, problem, "name")
        else:
            return await show_secret(request, "token", given["token"], typed["name"])
    return await show_applications(request, errors=errors, typed=typed, scopes=scopes)


@for_administrators
async def take_token_back(request: web.Request) -> web.Response:
    """POST /agents/applications/jetons/{id}/retrait: it opens nothing from now on."""
    _ = visit_of(request).gettext
    await ask(request, "DELETE", f"/tokens/{named_id(request)}", repeatable=True)
    (await session_of(request)).flash("success", _("Jeton retiré : il n’ouvre plus rien."))
    return redirect(ADDRESS)


async def show_applications(
    request: web.Request,
    *,
    errors: Sequence[Mapping[str, str]] = (),
    typed: Mapping[str, str] | None = None,
    scopes: Sequence[str] = (),
    events: Sequence[str] = (),
) -> web.Response:
    """Show the page, with what was typed in one of its forms."""
    rights = (await ask(request, "GET", "/tokens")).json()
    webhooks = (await ask(request, "GET", "/webhooks")).json()["webhooks"]
    session, language = await session_of(request), visit_of(request).language
    known = request.app[PROFILE].services
    first = next(iter(known))
    return await show_page(
        request,
        "staff/desk/applications.html",
        status=422 if errors else 200,
        form=True,
        tokens=rights["tokens"],
        journal=rights["journal"],
        webhooks=webhooks,
        services={id: one.name.in_language(language) for id, one in known.items()},
        scopes=SCOPES,
        shown_once=session.pop(SHOWN_ONCE),
        errors=errors,
        typed={"service": first, "told_service": first, **(typed or {})},
        chosen={*scopes, *events},
        now=request.app[CLOCK].now().isoformat(),
        form_token=str(IDS.new_id()),
    )


async def show_secret(request: web.Request, kind: str, secret: str, name: str) -> web.Response:
    """Keep a secret for the next page, which shows it this once; reading it again is no POST."""
    (await session_of(request)).put(SHOWN_ONCE, {"kind": kind, "secret": secret, "name": name})
    return redirect(ADDRESS)


def refusal(request: web.Request, problem: ServiceProblem, field: str) -> list[dict[str, str]]:
    """Return why something was not given."""
    _ = visit_of(request).gettext
    messages = {
        "already-given": _("C’est déjà fait : un secret ne s’affiche qu’une fois."),
        "target-refused": _("Cette adresse n’est pas permise par l’exploitant du portail."),
        "invalid-input": _("Vérifiez ce que vous avez écrit."),
    }
    if problem.code not in messages:
        raise problem
    return [{"field": field, "message": messages[problem.code]}]


def named_id(request: web.Request) -> str:
    """Return the identifier in the address; what is none is not found."""
    try:
        return str(UUID(request.match_info["id"]))
    except ValueError:
        raise web.HTTPNotFound from None


def _faults(
    request: web.Request, typed: Mapping[str, Any], scopes: Sequence[str]
) -> list[dict[str, str]]:
    _ = visit_of(request).gettext
    errors = []
    if not typed["name"]:
        errors.append({"field": "name", "message": _("Donnez un nom à l’application.")})
    if typed["service"] not in request.app[PROFILE].services:
        errors.append({"field": "service", "message": _("Choisissez un service.")})
    if not scopes:
        errors.append({"field": "scope-list", "message": _("Cochez au moins un droit.")})
    days = typed["days"]
    if not (days.isascii() and days.isdecimal() and 0 < int(days[:6]) <= MAX_DAYS):
        errors.append({"field": "days", "message": _("Écrivez un nombre de jours, de 1 à 400.")})
    return errors
