"""The YAML of a draft: typed as it is, its errors by line, the typing kept."""

from typing import Any

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.staff.procedures.access import (
    ask,
    draft_page,
    draft_path,
    for_editors,
    may_write,
    read_draft,
)
from gateway.pages.staff.procedures.draft import revision_of
from gateway.pages.staff.procedures.wording import refusal_message, source_errors
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of


@for_editors
async def show_source(request: web.Request) -> web.Response:
    """GET /agents/modifications/{id}/yaml."""
    draft = await read_draft(request)
    return await _show(request, draft, draft["source"], [])


@for_editors
async def save_source(request: web.Request) -> web.Response:
    """POST /agents/modifications/{id}/yaml: kept with its faults, unless it is no definition."""
    visit, _ = visit_of(request), visit_of(request).gettext
    source = text_of(request[FORM], "source").replace("\r\n", "\n")
    body = {"revision": revision_of(request), "source": source}
    try:
        saved = await ask(
            request, "PUT", f"{draft_path(request)}/source", json=body, repeatable=True
        )
    except ServiceProblem as problem:
        errors = source_errors(problem, visit.language, _)
        message = refusal_message(problem, _)
        if message is not None:
            errors = [{"field": "source", "message": message}]
        if not errors:
            raise
        return await _show(request, await read_draft(request), source, errors)
    faults = [one for one in saved.json()["findings"] if one["stops"]]
    session = await session_of(request)
    if not faults:
        session.flash("success", _("Enregistré, sans faute."))
        return redirect(draft_page(request))
    session.flash("warning", _("Enregistré. Il reste des points à corriger."))
    return redirect(f"{draft_page(request)}/yaml")


async def _show(
    request: web.Request, draft: dict[str, Any], source: str, errors: list[dict[str, Any]]
) -> web.Response:
    return await show_page(
        request,
        "staff/procedures/yaml.html",
        status=422 if errors else 200,
        form=True,
        draft=draft,
        source=source,
        faults=[] if errors else [one for one in draft["findings"] if one["stops"]],
        may_write=may_write(request) and draft["state"] == "draft",
        errors=errors,
    )
