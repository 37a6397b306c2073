"""What is typed is saved while it is typed, where there is JavaScript (REQ-01, SES-04).

The same saving as the button's, told in JSON: never a page, never an overwriting.
"""

from typing import Any

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM
from gateway.pages.requests.dossier import begun_procedure, call_request, read_dossier
from gateway.pages.requests.steps import page_of, saved_body, saved_rows
from gateway.parts import RENDERER
from gateway.visits import visit_of

KEPT_WITH_FAULTS = "answers-invalid"
CHANGED_ELSEWHERE = "stale-revision"


async def save_typing(request: web.Request) -> web.Response:
    """POST /dossiers/{id}/etapes/{page}/saisie: `{revision, state}`, or 409 `{revision, html}`.

    `state` says what conditions make of the form now. Faults are told when the step is sent, not
    while somebody types. On a conflict nothing is saved: `html` shows both sides.
    """
    procedure = await begun_procedure(request)
    page = page_of(request, procedure)
    body = saved_body(request[FORM], page)
    try:
        answer = await call_request(
            request, "PUT", f"/answers/{page['id']}", json=body, repeatable=True
        )
    except ServiceProblem as problem:
        if problem.code == CHANGED_ELSEWHERE:
            return _conflict(request, page, body["answers"], problem)
        if problem.code != KEPT_WITH_FAULTS:
            raise
        content = (await read_dossier(request)).content
        return _json({"revision": problem.problem["revision"], "state": content["form_state"]})
    saved = answer.json()
    return _json({"revision": saved["revision"], "state": saved["form_state"]})


# of its own: typing must not spend what one address may send
save_typing.form_limit = "typing"  # type: ignore[attr-defined]


def _conflict(
    request: web.Request, page: dict[str, Any], typed: dict[str, Any], problem: ServiceProblem
) -> web.Response:
    rows = saved_rows(page, problem.problem["answers"], typed)
    html = request.app[RENDERER].render(
        "requests/conflict.html",
        visit_of(request).language,
        {"conflict": rows, "here": request.path.rpartition("/")[0]},
    )
    return _json({"revision": problem.problem["revision"], "html": html}, status=409)


def _json(content: dict[str, Any], status: int = 200) -> web.Response:
    return web.json_response(content, status=status)
