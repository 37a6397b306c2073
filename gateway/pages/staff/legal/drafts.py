"""A draft: typed, seen as it will be, submitted, sent back, approved by somebody else."""

from datetime import datetime
from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, Fields, text_of
from gateway.pages.staff.legal.access import EDITOR, ask, for_staff, roles_of
from gateway.pages.staff.legal.wording import fault_message, refusal_message
from gateway.parts import PROFILE
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

LANGUAGES = ("fr", "en")
TYPED = ("title", "summary", "markdown")
# what the buttons do beside saving -> the address of the legal service
ACTIONS = {
    "submit": "submission",
    "approve": "approval",
    "send_back": "refusal",
    "discard": "discard",
}


@for_staff
async def begin_draft(request: web.Request) -> web.Response:
    """POST /agents/textes/{slug}/brouillons: with the newest text; repeated, begins once."""
    body = {"id": text_of(request[FORM], "draft_id"), "slug": request.match_info["slug"]}
    found = (await ask(request, "POST", "/drafts", json=body, repeatable=True)).json()
    return redirect(f"/agents/brouillons/{found['id']}")


@for_staff
async def show_draft(request: web.Request) -> web.Response:
    """GET /agents/brouillons/{id}."""
    return await _show(request, await _read(request), [])


@for_staff
async def change_draft(request: web.Request) -> web.Response:
    """POST /agents/brouillons/{id}: `go` says which button; what was typed is saved first."""
    fields, go = request[FORM], text_of(request[FORM], "go")
    revision = _number(text_of(fields, "revision"))
    try:
        if "fr.title" in fields:
            when = _instant(request, text_of(fields, "effective_from"))
            saved = await ask(request, "PUT", _path(request), json=_body(fields, revision, when))
            revision = saved.json()["revision"]
        if go in ACTIONS:
            return await _act(request, go, revision)
    except _NoDate as error:
        return await _show_typed(request, fields, [_error("effective_from", str(error))])
    except ServiceProblem as problem:
        message = refusal_message(problem, visit_of(request).gettext)
        if message is None:
            raise
        return await _show_typed(request, fields, [_error("", message)])
    return redirect(f"/agents/brouillons/{request.match_info['id']}")


async def _act(request: web.Request, go: str, revision: int) -> web.Response:
    body: dict[str, Any] = {"revision": revision}
    if go == "send_back":
        body["reason"] = text_of(request[FORM], "reason").strip()[:500] or "-"
    await ask(request, "POST", f"{_path(request)}/{ACTIONS[go]}", json=body)
    _, session = visit_of(request).gettext, await session_of(request)
    told = {
        "submit": _("Soumis : une autre personne doit maintenant l’approuver."),
        "approve": _("Approuvé et publié."),
        "send_back": _("Renvoyé à ses auteurs."),
        "discard": _("Brouillon abandonné."),
    }
    session.flash("success", told[go])
    if go in ("approve", "discard"):
        return redirect("/agents/textes")
    return redirect(f"/agents/brouillons/{request.match_info['id']}")


class _NoDate(Exception):
    """What was typed is no date and hour."""


def _instant(request: web.Request, typed: str) -> str | None:
    """Return the instant typed in the authority's zone, ISO; None when nothing is."""
    words = typed.replace("h", ":").replace(" : ", ":").split()
    if not words:
        return None
    text = " ".join(words if len(words) > 1 else [*words, "00:00"])
    for shape in ("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:"):
        try:
            found = datetime.strptime(text, shape)  # noqa: DTZ007 - the zone is given below
        except ValueError:
            continue
        return found.replace(tzinfo=request.app[PROFILE].zone).isoformat()
    raise _NoDate(
        visit_of(request).gettext("Écrivez une date et une heure, par exemple 31/12/2026 08:30.")
    )


def _body(fields: Fields, revision: int, effective_from: str | None) -> dict[str, Any]:
    texts = {
        language: {name: text_of(fields, f"{language}.{name}") for name in TYPED}
        for language in LANGUAGES
    }
    return {
        "revision": revision,
        "based_on": _number(text_of(fields, "based_on")),
        "change": "material" if text_of(fields, "change") == "material" else "editorial",
        "effective_from": effective_from,
        **texts,
    }


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 1


def _error(field: str, message: str) -> dict[str, str]:
    return {"field": field, "message": message}


def _path(request: web.Request) -> str:
    try:
        return f"/drafts/{UUID(request.match_info['id'])}"
    except ValueError:
        raise web.HTTPNotFound from None


async def _read(request: web.Request) -> dict[str, Any]:
    found: dict[str, Any] = (await ask(request, "GET", _path(request))).json()
    return found


async def _show_typed(
    request: web.Request, fields: Fields, errors: list[dict[str, str]]
) -> web.Response:
    """Show the draft as stored now, with what was just typed in place of its texts."""
    draft = await _read(request)
    if "fr.title" in fields:
        for text in draft["texts"]:
            text |= {name: text_of(fields, f"{text['language']}.{name}") for name in TYPED}
    typed = text_of(fields, "effective_from")
    return await _show(request, draft, errors, typed_instant=typed)


async def _show(
    request: web.Request,
    draft: dict[str, Any],
    errors: list[dict[str, str]],
    *,
    typed_instant: str | None = None,
) -> web.Response:
    visit = visit_of(request)
    path = f"{_path(request)}/differences"
    changes = {
        language: (await ask(request, "GET", path, query={"language": language})).json()
        for language in LANGUAGES
    }
    me = (visit.account or {}).get("account_id")
    return await show_page(
        request,
        "staff/legal/draft.html",
        status=422 if errors else 200,
        form=True,
        draft=draft,
        changes=changes,
        faults=[fault_message(fault, visit.gettext) for fault in draft["faults"]],
        instant=_shown_instant(request, draft) if typed_instant is None else typed_instant,
        may_write=EDITOR in roles_of(request) and draft["state"] == "draft",
        may_approve=draft["state"] == "submitted" and me not in draft["writers"],
        errors=errors,
    )


def _shown_instant(request: web.Request, draft: dict[str, Any]) -> str:
    if draft["effective_from"] is None:
        return ""
    local = datetime.fromisoformat(draft["effective_from"]).astimezone(request.app[PROFILE].zone)
    return local.strftime("%d/%m/%Y %H:%M")
