"""The texts, their versions past and to come, what was done to them, and a cancellation."""

from typing import Any

from aiohttp import web

from chassis.clock import IdSource
from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.legal.reading import DOCUMENTS, read_document, version_in
from gateway.pages.staff.legal.access import EDITOR, ask, for_staff, roles_of
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

IDS = IdSource()
LONGEST_REASON = 500


@for_staff
async def show_texts(request: web.Request) -> web.Response:
    """GET /agents/textes."""
    language = {"language": visit_of(request).language}
    documents = (await ask(request, "GET", "/documents", query=language)).json()["documents"]
    drafts = (await ask(request, "GET", "/drafts")).json()["drafts"]
    return await show_page(
        request,
        "staff/legal/texts.html",
        form=True,
        documents=documents,
        drafts=drafts,
        may_write=EDITOR in roles_of(request),
        new_id=str(IDS.new_id()),
    )


@for_staff
async def show_text(request: web.Request) -> web.Response:
    """GET /agents/textes/{slug}?before=: versions, and the history by pages."""
    return await _show(request, [], "")


@for_staff
async def cancel_version(request: web.Request) -> web.Response:
    """POST /agents/textes/{slug}/versions/{version}/annuler: only before it is in force."""
    slug, version, _ = _slug(request), version_in(request, "version"), visit_of(request).gettext
    reason = text_of(request[FORM], "reason").strip()
    if not reason or len(reason) > LONGEST_REASON:
        message = _("Écrivez pourquoi cette version est annulée, en 500 caractères au plus.")
        return await _show(request, [{"field": "reason", "message": message}], reason)
    try:
        path = f"/documents/{slug}/versions/{version}/cancellation"
        await ask(request, "POST", path, json={"reason": reason})
    except ServiceProblem as problem:
        if problem.code != "step-refused":
            raise
        message = _("Cette version est déjà en vigueur, ou déjà annulée : rien n’a changé.")
        return await _show(request, [{"field": "", "message": message}], reason)
    (await session_of(request)).flash("success", _("Version annulée."))
    return redirect(f"/agents/textes/{slug}")


def _slug(request: web.Request) -> str:
    slug = request.match_info["slug"]
    if slug not in DOCUMENTS:
        raise web.HTTPNotFound
    return slug


async def _show(request: web.Request, errors: list[dict[str, str]], reason: str) -> web.Response:
    slug = _slug(request)
    before = request.query.get("before", "")
    query = {"before": before} if before.isascii() and before.isdigit() else {}
    versions = (await ask(request, "GET", f"/documents/{slug}/versions")).json()["versions"]
    history = (await ask(request, "GET", f"/documents/{slug}/history", query=query)).json()
    shown: dict[str, Any] = {
        "slug": slug,
        "name": (await read_document(request, slug)).content["title"],
        "versions": versions,
        "history": history["entries"],
        "next_before": history["next_before"],
        "me": f"account:{(visit_of(request).account or {}).get('account_id')}",
        "may_write": EDITOR in roles_of(request),
        "new_id": str(IDS.new_id()),
        "errors": errors,
        "reason": reason,
    }
    status = 422 if errors else 200
    return await show_page(request, "staff/legal/text.html", status=status, form=True, **shown)
