"""« Mettre à jour mon compte avec ces réponses »: a page’s answers kept in the account (ACC-05).

The request is saved first: whatever happens here, nothing of it is lost.
"""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from chassis.http_client import ServiceProblem, ServiceUnavailable
from gateway.forms import FORM, text_of
from gateway.pages.account.access import call_own
from gateway.pages.account.faults import faults_of
from gateway.pages.account.profile import rename, tidy
from gateway.pages.requests.prefill import Binding, bindings_of, kept_values
from gateway.visits import session_of, visit_of

FIELD = "update_account"
# changed with its password and two links, never by a form
EMAIL = "email"


def may_update(
    request: web.Request, procedure: Mapping[str, Any], page: Mapping[str, Any]
) -> list[Binding]:
    """Return the bindings of a page that may change the account."""
    return [one for one in bindings_of(request, procedure, page) if one.name != EMAIL]


async def update_account(
    request: web.Request,
    procedure: Mapping[str, Any],
    page: Mapping[str, Any],
    answers: Mapping[str, Any],
) -> None:
    """Keep the page's answers in the account when the person ticked it; tell what became of it."""
    bindings = may_update(request, procedure, page)
    if not bindings or text_of(request[FORM], FIELD) != "yes":
        return
    _, session = visit_of(request).gettext, await session_of(request)
    try:
        faults = await _update(request, bindings, answers)
        await rename(request, session)
    except (ServiceProblem, ServiceUnavailable):
        text = _("Votre compte n’a pas pu être mis à jour. Vos réponses sont enregistrées.")
        session.flash("warning", text)
        return
    for fault in faults:
        text = _("Cette réponse n’a pas été gardée dans votre compte : %s")
        session.flash("warning", text % fault)
    if not faults:
        session.flash("success", _("Votre compte est à jour avec ces réponses."))


async def _update(
    request: web.Request, bindings: list[Binding], answers: Mapping[str, Any]
) -> list[str]:
    """Keep what changed and is right; return what is not, in words."""
    before = await kept_values(request, bindings)
    typed = {one.name: tidy(one.name, one.kept(one.answer(answers))) for one in bindings}
    changed = {name: value for name, value in typed.items() if value and value != before.get(name)}
    labels = {one.name: one.label for one in bindings}
    told: list[str] = []
    while changed:
        try:
            await call_own(request, "PATCH", "/profile", {"fields": changed}, repeatable=True)
        except ServiceProblem as problem:
            faults = faults_of(problem, visit_of(request).gettext)
            wrong = {fault["field"]: fault["message"] for fault in faults}
            if not wrong.keys() & changed.keys():
                raise
            told += [f"{labels[name]}. {wrong[name]}" for name in changed if name in wrong]
            changed = {name: value for name, value in changed.items() if name not in wrong}
        else:
            break
    return told
