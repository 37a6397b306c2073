"""Addresses of business applications that are told of each step: added, looked at, stopped."""

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.staff.desk.access import ask, for_administrators
from gateway.pages.staff.desk.applications import (
    ADDRESS,
    named_id,
    refusal,
    show_applications,
    show_secret,
)
from gateway.pages.staff.desk.dossier import form_token
from gateway.parts import PROFILE
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of


@for_administrators
async def add_webhook(request: web.Request) -> web.Response:
    """POST /agents/applications/adresses: the secret that signs is on the next page, once."""
    fields, _ = request[FORM], visit_of(request).gettext
    url, service = text_of(fields, "url").strip(), text_of(fields, "told_service")
    events = [name.removeprefix("event.") for name in fields if name.startswith("event.")]
    if service not in request.app[PROFILE].services:
        raise web.HTTPBadRequest
    body = {"id": form_token(fields), "service": service, "url": url, "events": events}
    try:
        added = (await ask(request, "POST", "/webhooks", json=body)).json()
    except ServiceProblem as problem:
        errors = refusal(request, problem, "url")
        typed = {"url": url, "told_service": service}
        return await show_applications(request, errors=errors, typed=typed, events=events)
    return await show_secret(request, "webhook", added["secret"], url)


@for_administrators
async def show_webhook(request: web.Request) -> web.Response:
    """GET /agents/applications/adresses/{id}: what was told, the latest first."""
    identifier, before = named_id(request), request.query.get("avant", "")
    webhooks = (await ask(request, "GET", "/webhooks")).json()["webhooks"]
    found = [one for one in webhooks if one["id"] == identifier]
    if not found:
        raise web.HTTPNotFound
    query = {"before": before} if before else {}
    try:
        answer = await ask(request, "GET", f"/webhooks/{identifier}/deliveries", query=query)
    except ServiceProblem as problem:
        if problem.status != 422:
            raise
        raise web.HTTPNotFound from None
    page = answer.json()
    return await show_page(
        request,
        "staff/desk/webhook.html",
        form=True,
        webhook=found[0],
        deliveries=page["deliveries"],
        next_url=f"{ADDRESS}/adresses/{identifier}?avant={page['next']}" if page["next"] else None,
        service=request.app[PROFILE]
        .services[found[0]["service"]]
        .name.in_language(visit_of(request).language),
    )


@for_administrators
async def stop_webhook(request: web.Request) -> web.Response:
    """POST /agents/applications/adresses/{id}/arret."""
    _ = visit_of(request).gettext
    await ask(request, "DELETE", f"/webhooks/{named_id(request)}", repeatable=True)
    (await session_of(request)).flash("success", _("Cette adresse n’est plus prévenue."))
    return redirect(ADDRESS)


@for_administrators
async def replay_delivery(request: web.Request) -> web.Response:
    """POST /agents/applications/envois/{id}: the same, with the same identifier, once more."""
    _, webhook = visit_of(request).gettext, text_of(request[FORM], "webhook")
    await ask(request, "POST", f"/deliveries/{named_id(request)}/replay", repeatable=True)
    (await session_of(request)).flash("success", _("L’envoi va être refait dans un instant."))
    known = webhook.replace("-", "").isalnum() and webhook.isascii()
    return redirect(f"{ADDRESS}/adresses/{webhook}" if known else ADDRESS)
