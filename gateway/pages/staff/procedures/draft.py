"""A draft whole: what it holds, what is wrong, what it changes, and the decision."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.staff.procedures.access import (
    ROOM,
    ask,
    draft_page,
    draft_path,
    for_editors,
    may_write,
    read_draft,
)
from gateway.pages.staff.procedures.controls import at
from gateway.pages.staff.procedures.listing import yaml_file
from gateway.pages.staff.procedures.outline import document_rows, page_rows, with_links
from gateway.pages.staff.procedures.sheets import place_of
from gateway.pages.staff.procedures.wording import refusal_message
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

# what the buttons do -> the address of the service
ACTIONS = {
    "submit": "submission",
    "approve": "approval",
    "send_back": "refusal",
    "discard": "discard",
}
MOVES = {"up": -1, "down": 1}


@for_editors
async def show_draft(request: web.Request) -> web.Response:
    """GET /agents/modifications/{id}."""
    return await _show(request, await read_draft(request), [])


@for_editors
async def change_draft(request: web.Request) -> web.Response:
    """POST /agents/modifications/{id}: `go` says which button, as `up:champ/0-2`."""
    fields, _ = request[FORM], visit_of(request).gettext
    go, _colon, where = text_of(fields, "go").partition(":")
    try:
        if go in ACTIONS:
            return await _act(request, go)
        if go == "take_up":
            await _take_up(request)
        else:
            changes = _changes(go, where)
            body = {"revision": revision_of(request), "changes": changes}
            await ask(request, "POST", f"{draft_path(request)}/changes", json=body)
    except ServiceProblem as problem:
        message = refusal_message(problem, _)
        if message is None:
            raise
        draft = await read_draft(request)
        return await _show(request, draft, [{"field": "", "message": message}])
    anchor = f"#{where.replace('/', '-')}" if go in MOVES else ""
    return redirect(draft_page(request) + anchor)


@for_editors
async def export_draft(request: web.Request) -> web.Response:
    """GET /agents/modifications/{id}/fichier: its YAML, saved by the browser."""
    draft = await read_draft(request)
    return yaml_file(draft["procedure"], draft["source"])


def revision_of(request: web.Request) -> int:
    """Return the revision that the page was shown with."""
    typed = text_of(request[FORM], "revision")
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 10 else 1


def _changes(go: str, where: str) -> list[dict[str, Any]]:
    if go == "typography":
        return [{"op": "typography", "path": []}]
    kind, _, numbers = where.partition("/")
    place = place_of(kind, [int(one) for one in numbers.split("-") if one.isdecimal()][:3])
    if not place or go not in (*MOVES, "remove"):
        raise web.HTTPNotFound
    if go == "remove":
        return [{"op": "remove", "path": place}]
    return [{"op": "move", "path": place, "by": MOVES[go]}]


async def _take_up(request: web.Request) -> None:
    """Say that the version in force was taken into account."""
    draft = await read_draft(request)
    body = {
        "revision": revision_of(request),
        "source": draft["source"],
        "based_on": draft["in_force"],
    }
    await ask(request, "PUT", f"{draft_path(request)}/source", json=body)


async def _act(request: web.Request, go: str) -> web.Response:
    fields, _ = request[FORM], visit_of(request).gettext
    body: dict[str, Any] = {"revision": revision_of(request)}
    if go == "send_back":
        body["reason"] = text_of(fields, "reason").strip()[:500] or "-"
    if go == "approve":
        body["content_hash"] = text_of(fields, "content_hash")
    path = f"{draft_path(request)}/{ACTIONS[go]}"
    done = (await ask(request, "POST", path, json=body)).json()
    told = {
        "submit": _("Soumis : une autre personne doit maintenant l’approuver."),
        "approve": _("Approuvé et publié."),
        "send_back": _("Renvoyé à ses auteurs."),
        "discard": _("Brouillon abandonné."),
    }
    (await session_of(request)).flash("success", told[go])
    if go == "approve":
        return redirect(f"{ROOM}/{done['procedure']}")
    return redirect(ROOM if go == "discard" else draft_page(request))


async def _show(
    request: web.Request, draft: Mapping[str, Any], errors: list[dict[str, str]]
) -> web.Response:
    visit = visit_of(request)
    changes = (await ask(request, "GET", f"{draft_path(request)}/differences")).json()
    findings = with_links(draft["findings"])
    me = (visit.account or {}).get("account_id")
    outdated = draft["based_on"] != draft["in_force"] and draft["state"] in ("draft", "submitted")
    return await show_page(
        request,
        "staff/procedures/draft.html",
        status=422 if errors else 200,
        form=True,
        draft=draft,
        outdated=outdated,
        faults=[one for one in findings if one["stops"]],
        advice=[one for one in findings if not one["stops"]],
        differences=changes["differences"],
        documents=document_rows(draft["document"], visit.language),
        pages=page_rows(draft["document"], visit.language, visit.gettext),
        internal=at(draft["document"], ("kind",)) == "internal",
        may_write=may_write(request) and draft["state"] == "draft",
        may_approve=draft["state"] == "submitted" and me not in draft["writers"],
        errors=errors,
    )
