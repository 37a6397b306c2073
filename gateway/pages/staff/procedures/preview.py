"""The procedure and its steps as people would see them, tried without anything being stored."""

from collections.abc import Iterator, Mapping
from typing import Any

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, answers_of, text_of
from gateway.pages.requests.dossier import form_pages, shown_pages
from gateway.pages.requests.form_fields import shown_fields, without_item
from gateway.pages.requests.steps import CONTENT_TYPES, errors_of
from gateway.pages.staff.procedures.access import ask, draft_page, draft_path, for_editors
from gateway.pages.staff.procedures.wording import refusal_message
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

Answers = dict[str, dict[str, Any]]


@for_editors
async def show_procedure(request: web.Request) -> web.Response:
    """GET /agents/modifications/{id}/apercu: the page that everybody reads first."""
    found = await _preview(request, {})
    if isinstance(found, web.Response):
        return found
    return await show_page(
        request,
        "staff/procedures/preview_page.html",
        form=True,
        procedure=found["procedure"],
        draft_url=draft_page(request),
        partner_outage=False,
        pinned=None,
    )


@for_editors
async def show_step(request: web.Request) -> web.Response:
    """GET .../apercu/{page}: with nothing typed."""
    return await _step(request, request.match_info["page"], {}, "")


@for_editors
async def try_step(request: web.Request) -> web.Response:
    """POST .../apercu/{page}: what was typed is read, and forgotten with the answer."""
    found = await _preview(request, {})
    if isinstance(found, web.Response):
        return found
    typed, page = _typed(found["procedure"]), request.match_info["page"]
    answers = {name: answers_of(request[FORM], questions) for name, questions in typed.items()}
    go, _, place = text_of(request[FORM], "go").partition(":")
    if go == "remove" and page in answers:
        answers[page] = without_item(answers[page], place)
    return await _step(request, page, answers, go, place.partition(".")[0] if go == "add" else "")


async def _step(
    request: web.Request, page_id: str, answers: Answers, go: str, more: str = ""
) -> web.Response:
    found = await _preview(request, answers)
    if isinstance(found, web.Response):
        return found
    procedure, state = found["procedure"], found["form_state"]
    pages = shown_pages(procedure, state)
    places = [page["id"] for page in pages]
    if page_id not in {page["id"] for page in form_pages(procedure)}:
        raise web.HTTPNotFound
    errors = found["errors"].get(page_id, []) if go in ("next", "read") else []
    if go == "next" and not errors and page_id in places[:-1]:
        page_id = places[places.index(page_id) + 1]
    page = next(one for one in form_pages(procedure) if one["id"] == page_id)
    others = {name: typed for name, typed in answers.items() if name != page_id}
    here = f"{draft_page(request)}/apercu"
    steps = [{"label": one["title"], "url": f"{here}/{one['id']}"} for one in pages]
    return await show_page(
        request,
        "staff/procedures/preview_step.html",
        status=422 if errors else 200,
        form=True,
        procedure=procedure,
        page=page,
        fields=shown_fields(page, state, answers.get(page_id, {}), more),
        errors=errors_of(ServiceProblem("procedures", 422, {"errors": errors})),
        kept=list(_flat(others)),
        steps=_steps(steps, f"{here}/{page_id}"),
        not_shown=page_id not in places,
        last=page_id == places[-1] if places else True,
        draft_url=draft_page(request),
        address=f"{here}/{page_id}",
    )


def _steps(steps: list[dict[str, str]], here: str) -> list[dict[str, str]]:
    return [{**one, "state": "current" if one["url"] == here else "done"} for one in steps]


async def _preview(request: web.Request, answers: Answers) -> Any:
    """Return the service's preview, or the way back to the draft while it cannot be loaded."""
    body = {"language": visit_of(request).language, "answers": answers}
    try:
        return (await ask(request, "POST", f"{draft_path(request)}/preview", json=body)).json()
    except ServiceProblem as problem:
        message = refusal_message(problem, visit_of(request).gettext)
        if problem.code != "draft-faulty" or message is None:
            raise
        (await session_of(request)).flash("warning", message)
        return redirect(draft_page(request))


def _typed(procedure: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the questions of each page, by id."""
    return {
        page["id"]: {one["id"]: one for one in page["fields"] if one["type"] not in CONTENT_TYPES}
        for page in form_pages(procedure)
    }


def _flat(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the inputs that carry the typing of the other pages."""
    for typed in answers.values():
        for name, value in typed.items():
            yield from _inputs(f"answer.{name}", value)


def _inputs(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _inputs(f"{name}.{key}", part)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            if isinstance(part, Mapping):
                yield from _inputs(f"{name}.{number}", part)
            else:
                yield name, str(part)
    elif value not in (None, ""):
        yield name, str(value)
