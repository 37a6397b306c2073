"""What is done to a request at the desk: a step with its reasons, a change of hands."""

from typing import Any

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.staff.desk.access import ask, dossier_id, for_agents, services_of
from gateway.pages.staff.desk.colleagues import colleagues_of
from gateway.pages.staff.desk.dossier import done, form_token, refused, revision_of, show
from gateway.visits import visit_of

ASK, JOIN = "ask.", "join."


@for_agents
async def act(request: web.Request) -> web.Response:
    """POST /agents/dossiers/{id}/actions: what another agent did meanwhile is shown, never lost.

    A press on « Ajouter ce texte » only adds a template to what is being written.
    """
    fields, _ = request[FORM], visit_of(request).gettext
    action, reason = text_of(fields, "action"), text_of(fields, "reason").replace("\r\n", "\n")
    ticked = frozenset(name for name in fields if name.startswith((ASK, JOIN)))
    if template := text_of(fields, "template"):
        return await show(request, action=action, reason=reason, ticked=ticked, template=template)
    body: dict[str, Any] = {"action": action, "revision": revision_of(fields), "reason": reason}
    if action == "ask_person":
        body["fields"] = [one.removeprefix(ASK) for one in fields if one.startswith(ASK)]
        body["documents"] = [one.removeprefix(JOIN) for one in fields if one.startswith(JOIN)]
    path = f"/requests/{dossier_id(request)}/actions"
    headers = {"Idempotency-Key": form_token(fields)}
    try:
        await ask(request, "POST", path, json=body, headers=headers, repeatable=True)
    except ServiceProblem as problem:
        if problem.status not in (409, 422):
            raise
        return await refused(request, problem, action, reason, ticked)
    return await done(request, _("C’est fait. La personne est prévenue."))


@for_agents
async def assign(request: web.Request) -> web.Response:
    """POST /agents/dossiers/{id}/affectation: to me, to a colleague, or back to everybody."""
    fields, _ = request[FORM], visit_of(request).gettext
    account = visit_of(request).account or {}
    to = text_of(fields, "to")
    if to not in ("", "me", account.get("account_id")) and not await _works_here(request, to):
        error = {"field": "to", "message": _("Choisissez une personne du service.")}
        return await show(request, status=422, errors=[error])
    who = {"": None, "me": account.get("account_id")}.get(to, to)
    body = {"revision": revision_of(fields), "to": who}
    try:
        path = f"/requests/{dossier_id(request)}/assignment"
        await ask(request, "PUT", path, json=body, repeatable=True)
    except ServiceProblem as problem:
        if problem.status != 409:
            raise
        return await refused(request, problem)
    return await done(request, _("Affectation changée."))


async def _works_here(request: web.Request, account_id: str) -> bool:
    """Say whether somebody works for one of the agent's services; the form names the service."""
    service = text_of(request[FORM], "service")
    if service not in {one["id"] for one in services_of(request)}:
        return False
    return account_id in await colleagues_of(request, service)
