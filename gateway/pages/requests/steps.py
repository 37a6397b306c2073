"""A page of a request's form: shown, saved as typed, shown again with what is to be mended."""

import re
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, Fields, answers_of, text_of
from gateway.pages.legal.again import conditions_to_accept
from gateway.pages.requests.account_update import FIELD as UPDATE
from gateway.pages.requests.account_update import may_update, update_account
from gateway.pages.requests.amendment import changes_to_tell
from gateway.pages.requests.dossier import (
    Dossier,
    begun_procedure,
    call_request,
    form_key,
    form_pages,
    read_dossier,
    request_path,
)
from gateway.pages.requests.form_fields import shown_fields, without_item
from gateway.pages.requests.prefill import prefilled
from gateway.pages.requests.progress import (
    addresses,
    after,
    before,
    resume_address,
    step_address,
    steps,
    steps_of,
)
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

TEMPLATE = "requests/step.html"
CONTENT_TYPES = ("heading", "information", "files", "computed")
# a button that adds or removes an item of a group saves the page as it is
CHANGES = ("add", "remove")
GROUP_NAME = re.compile(r"[a-z0-9_-]{1,60}")


async def show_step(request: web.Request) -> web.Response:
    """GET /dossiers/{id}/etapes/{page}."""
    dossier = await read_dossier(request)
    if not dossier.is_draft:
        return redirect(dossier.path)
    if (conditions := await conditions_to_accept(request)) is not None:
        return redirect(conditions)
    if (changes := await changes_to_tell(request, dossier)) is not None:
        return redirect(changes)
    page = page_of(request, dossier.procedure)
    if page not in dossier.pages:
        return redirect(resume_address(dossier))
    more = request.query.get("plus", "")
    saved = dossier.content["answers"]
    answers, labels = await prefilled(request, dossier.procedure, page, saved)
    return await _show(request, dossier, page, answers, more=more, labels=labels)


async def save_step(request: web.Request) -> web.Response:
    """POST /dossiers/{id}/etapes/{page}: kept whatever its faults; then the next step."""
    procedure, fields = await begun_procedure(request), request[FORM]
    page = page_of(request, procedure)
    go, _, place = text_of(fields, "go").partition(":")
    body = saved_body(fields, page)
    if go == "remove":
        body["answers"] = without_item(body["answers"], place)
    answers = body["answers"]
    path = f"/answers/{page['id']}"
    here = step_address(request_path(request), page["id"])
    try:
        saved = await call_request(request, "PUT", path, json=body, repeatable=True)
    except ServiceProblem as problem:
        if go in CHANGES and problem.code == "answers-invalid":
            return redirect(_changed(here, go, place))
        return await _show_refusal(request, page["id"], answers, problem)
    if go in CHANGES:
        return redirect(_changed(here, go, place))
    await update_account(request, procedure, page, answers)
    if go != "save":
        known = addresses(request_path(request), procedure, saved.json()["form_state"])
        return redirect(after(known, here))
    (await session_of(request)).flash("success", visit_of(request).gettext("Étape enregistrée."))
    return redirect(here)


def _changed(here: str, go: str, place: str) -> str:
    """Return where a page is shown again with one item more, or less: nobody is told of faults."""
    group = place.partition(".")[0]
    known = GROUP_NAME.fullmatch(group) is not None
    return f"{here}?plus={group}#champ-{group}" if known and go == "add" else here


def saved_body(fields: Fields, page: dict[str, Any]) -> dict[str, Any]:
    """Return what the service takes to save a page: the answers typed, and the revision seen."""
    questions = {
        field["id"]: field for field in page["fields"] if field["type"] not in CONTENT_TYPES
    }
    revision = text_of(fields, "revision")
    known = revision.isascii() and revision.isdigit() and len(revision) < 10
    return {"answers": answers_of(fields, questions), "revision": int(revision) if known else 0}


def page_of(request: web.Request, procedure: dict[str, Any]) -> dict[str, Any]:
    """Return the page that the address names, or raise 404."""
    for page in form_pages(procedure):
        if page["id"] == request.match_info["page"]:
            return page
    raise web.HTTPNotFound


async def _show_refusal(
    request: web.Request, page_id: str, answers: Mapping[str, Any], problem: ServiceProblem
) -> web.Response:
    """Show the page again with its typing: faults to mend, or what another tab saved."""
    if problem.code == "request-filed":
        return redirect(request_path(request))
    if problem.code not in ("answers-invalid", "stale-revision"):
        raise problem
    dossier = await read_dossier(request)
    page = page_of(request, dossier.procedure)
    content = {**dossier.content, "revision": problem.problem["revision"]}
    current = Dossier(content, dossier.procedure)
    if problem.code == "stale-revision":
        saved = saved_rows(page, problem.problem["answers"], answers)
        return await _show(request, current, page, answers, status=409, conflict=saved)
    errors = errors_of(problem)
    return await _show(request, current, page, answers, status=422, errors=errors)


def errors_of(problem: ServiceProblem) -> list[dict[str, str]]:
    """Return `{field, message}` of each fault of a problem document."""
    return [
        {"field": _field_at(fault["pointer"]), "message": fault["message"]}
        for fault in problem.problem.get("errors", [])
    ]


def _field_at(pointer: str) -> str:
    """Return a field's full name: `/answers/children/0/name` is `children.0.name`."""
    return pointer.removeprefix("/answers/").strip("/").replace("/", ".")


def saved_rows(
    page: dict[str, Any], saved: Mapping[str, Any], typed: Mapping[str, Any]
) -> list[dict[str, str]]:
    """Return `{label, typed, value}` of each question answered otherwise elsewhere."""
    rows = []
    for field in page["fields"]:
        labels = {option["value"]: option["label"] for option in field.get("options", [])}
        here, there = (_shown(source.get(field["id"]), labels) for source in (typed, saved))
        if here != there:
            rows.append({"label": field["label"], "typed": here, "value": there})
    return rows


def _shown(value: Any, labels: Mapping[str, str]) -> str:
    return ", ".join(labels.get(one, one) for one in _texts(value))


def _texts(value: Any) -> list[str]:
    """Return the texts of an answer, whatever its shape."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [str(value)] if value not in (None, "") else []


async def _show(
    request: web.Request,
    dossier: Dossier,
    page: dict[str, Any],
    answers: Mapping[str, Any],
    *,
    status: int = 200,
    errors: list[dict[str, str]] | None = None,
    conflict: list[dict[str, str]] | None = None,
    more: str = "",
    labels: list[str] | None = None,
) -> web.Response:
    here = step_address(dossier.path, page["id"])
    return await show_page(
        request,
        TEMPLATE,
        status=status,
        form=True,
        procedure=dossier.procedure,
        dossier=dossier.content,
        page=page,
        fields=shown_fields(page, dossier.content["form_state"], answers, more),
        errors=errors or [],
        here=here,
        steps=steps(dossier, here, visit_of(request).gettext),
        back_url=before(steps_of(dossier), here),
        request_key=form_key(request),
        conflict=conflict,
        prefilled=labels or [],
        may_update=bool(may_update(request, dossier.procedure, page)),
        update_chosen=FORM in request and text_of(request[FORM], UPDATE) == "yes",
    )
