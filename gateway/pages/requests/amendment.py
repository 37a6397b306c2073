"""A form amended while it is being filled: what changed is told before going on (CAT-07)."""

from typing import Any

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.requests.dossier import (
    Dossier,
    call_request,
    form_key,
    read_dossier,
    request_id,
    request_path,
)
from gateway.pages.requests.progress import resume_address
from gateway.responses import local_path, redirect, show_page
from gateway.visits import session_of, visit_of

TEMPLATE = "requests/amendment.html"
CHANGES = "changements"


async def changes_to_tell(request: web.Request, dossier: Dossier) -> str | None:
    """Return the address that tells the owner of a draft what changed; None when it is known.

    Keeping the version begun is asked once in a visit, unless it can no longer be filed.
    """
    newer = dossier.content.get("newer_version")
    if newer is None:
        return None
    kept = (await session_of(request)).kept_version(dossier.id)
    if kept == newer["version"] and not newer["required"]:
        return None
    return f"{dossier.path}/{CHANGES}?suite={request.path}"


async def show_changes(request: web.Request) -> web.Response:
    """GET /dossiers/{id}/changements?suite=: field by field; nothing to tell leads on."""
    dossier, found = await read_dossier(request), await _amendment(request)
    following = local_path(request.query.get("suite", ""), dossier.path)
    if not dossier.is_draft or found["version"] is None:
        return redirect(dossier.path)
    if not found["changes"] and not found["required"]:
        (await session_of(request)).keep_version(dossier.id, found["version"])
        return redirect(following)
    return await _show(request, dossier, found, following, [])


async def choose_version(request: web.Request) -> web.Response:
    """POST /dossiers/{id}/changements: follow the new version, or keep the one begun."""
    fields, _ = request[FORM], visit_of(request).gettext
    session, following = await session_of(request), _following(request)
    version, revision = _number(fields, "procedure_version"), _number(fields, "revision")
    if text_of(fields, "go") == "keep":
        session.keep_version(request_id(request), version)
        return redirect(following)
    body = {"version": version, "revision": revision, "language": visit_of(request).language}
    try:
        await call_request(request, "POST", "/amendment", json=body, repeatable=True)
    except ServiceProblem as problem:
        if problem.code == "request-filed":
            return redirect(request_path(request))
        if problem.code not in ("stale-revision", "amendment-changed"):
            raise
        message = _("Le dossier ou le formulaire vient de changer encore. Voici où il en est.")
        dossier, found = await read_dossier(request), await _amendment(request)
        if found["version"] is None:
            return redirect(following)
        return await _show(request, dossier, found, following, [{"field": "", "message": message}])
    session.flash("success", _("Votre demande suit maintenant le nouveau formulaire."))
    # a page of before may be gone: where something lacks now
    return redirect(resume_address(await read_dossier(request)))


def _following(request: web.Request) -> str:
    return local_path(text_of(request[FORM], "return_to"), request_path(request))


def _number(fields: Any, name: str) -> int:
    typed = text_of(fields, name)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


async def _amendment(request: web.Request) -> dict[str, Any]:
    query = {"language": visit_of(request).language}
    found: dict[str, Any] = (await call_request(request, "GET", "/amendment", query=query)).json()
    return found


async def _show(
    request: web.Request,
    dossier: Dossier,
    found: dict[str, Any],
    following: str,
    errors: list[dict[str, str]],
) -> web.Response:
    return await show_page(
        request,
        TEMPLATE,
        status=409 if errors else 200,
        form=True,
        procedure=dossier.procedure,
        dossier=dossier.content,
        amendment=found,
        subjects=_by_subject(found["changes"]),
        return_to=following,
        errors=errors,
        request_key=form_key(request),
    )


def _by_subject(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Gather what is told of one field, document or matter: `{label, told: [...], answer}`."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for change in changes:
        subject = (change["field"], change["document"], change["label"])
        row = found.setdefault(subject, {"label": change["label"], "told": [], "answer": None})
        row["told"].append(change["told"])
        row["answer"] = change["consequence"] or row["answer"]
    return list(found.values())
