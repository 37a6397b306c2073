"""A request's own page, its acknowledgement, and the way to it by number and code (REQ-06)."""

from aiohttp import web

from chassis.http_client import Call, ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.requests.dossier import call_request, read_dossier
from gateway.pages.requests.exchanges import show_followed
from gateway.pages.requests.filing import JUST_FILED
from gateway.pages.requests.progress import resume_address
from gateway.parts import LIMITS, SERVICES
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

FORWARDED = ("Content-Type", "Content-Disposition")


async def show_request(request: web.Request) -> web.Response:
    """GET /dossiers/{id}: the tracking code is shown once, just after the filing."""
    dossier = await read_dossier(request)
    session = visit_of(request).session
    just_filed = session is not None and session.get(JUST_FILED) == dossier.id
    if just_filed and session is not None:
        session.pop(JUST_FILED)
    if not dossier.is_draft:
        code = dossier.content.get("tracking_code") if just_filed else None
        return await show_followed(request, dossier, just_filed=just_filed, tracking_code=code)
    return await show_page(
        request,
        "requests/request.html",
        procedure=dossier.procedure,
        dossier=dossier.content,
        just_filed=False,
        tracking_code=None,
        resume_url=resume_address(dossier),
    )


async def download_acknowledgement(request: web.Request) -> web.Response:
    """GET /dossiers/{id}/accuse-reception.pdf."""
    answer = await call_request(request, "GET", "/acknowledgement.pdf")
    headers = {name: answer.headers[name] for name in FORWARDED if name in answer.headers}
    return web.Response(body=answer.body, headers=headers)


async def show_tracking(request: web.Request) -> web.Response:
    """GET /suivi."""
    return await show_page(request, "requests/tracking.html", form=True, number="", errors=[])


async def track_request(request: web.Request) -> web.Response:
    """POST /suivi: guessing is limited, and says nothing of what exists."""
    visit, fields = visit_of(request), request[FORM]
    await request.app[LIMITS].spend("tracking", visit.address)
    number, code = text_of(fields, "number").strip()[:200], text_of(fields, "code").strip()[:200]
    _ = visit.gettext
    errors = [
        {"field": name, "message": message}
        for name, value, message in (
            ("number", number, _("Écrivez le numéro de dossier, par exemple NM-2026-000123-K.")),
            ("code", code, _("Écrivez le code de suivi donné au dépôt.")),
        )
        if not value
    ]
    if not errors:
        try:
            return await _open(request, number, code)
        except ServiceProblem as problem:
            if problem.status not in (404, 422):
                raise
        message = _(
            "Aucun dossier ne correspond à ce numéro et à ce code. Vérifiez les deux : le code "
            "compte sept groupes de quatre caractères."
        )
        errors = [{"field": "", "message": message}]
    return await show_page(
        request, "requests/tracking.html", status=422, form=True, number=number, errors=errors
    )


async def _open(request: web.Request, number: str, code: str) -> web.Response:
    body = {"number": number, "code": code, "language": visit_of(request).language}
    call = Call("POST", "/tracking", json=body, repeatable=True)
    answer = await request.app[SERVICES].procedures.send(call)
    found = answer.json()
    (await session_of(request)).hold_key(found["id"], found["tracking_code"])
    return redirect(f"/dossiers/{found['id']}")
