"""Drafts are begun: of a procedure, of a YAML file, or of nothing but a title."""

from typing import Any

from aiohttp import web

from chassis.clock import IdSource
from chassis.http_client import ServiceProblem
from gateway.forms import FORM, text_of
from gateway.pages.staff.procedures.access import DRAFTS, ask, for_editors, read_choices
from gateway.pages.staff.procedures.controls import name_of
from gateway.pages.staff.procedures.wording import refusal_message, source_errors
from gateway.responses import redirect, show_page
from gateway.visits import visit_of

IDS = IdSource()
MOST_BYTES = 200_000
NAMES = ("title.fr", "title.en", "service", "counter", "theme", "audience")


@for_editors
async def show_new(request: web.Request) -> web.Response:
    """GET /agents/modifications/nouvelle."""
    return await _show(request, [], {})


@for_editors
async def begin_draft(request: web.Request) -> web.Response:
    """POST /agents/modifications: repeated, begins once; `go` says with what."""
    fields, visit = request[FORM], visit_of(request)
    typed = {name: text_of(fields, name).strip() for name in NAMES}
    go = text_of(fields, "go")
    body: dict[str, Any] = {"id": text_of(fields, "draft_id")}
    if go == "import":
        source = _sent(request)
        if source is None:
            _ = visit.gettext
            message = _("Choisissez un fichier YAML, en UTF-8, de 200 ko au plus.")
            return await _show(request, [{"field": "file", "message": message}], typed)
        body["source"] = source
    elif go == "new":
        errors = _missing(typed, visit.gettext)
        if errors:
            return await _show(request, errors, typed)
        body["new"] = _new(typed)
    else:
        body["procedure"] = text_of(fields, "procedure")
    try:
        begun = (await ask(request, "POST", DRAFTS, json=body, repeatable=True)).json()
    except ServiceProblem as problem:
        return await _show_refusal(request, problem, typed)
    return redirect(f"/agents/modifications/{begun['id']}")


async def _show_refusal(
    request: web.Request, problem: ServiceProblem, typed: dict[str, str]
) -> web.Response:
    visit = visit_of(request)
    if problem.code == "source-refused":
        found = source_errors(problem, visit.language, visit.gettext)
        return await _show(request, [{**one, "field": "file"} for one in found], typed)
    message = refusal_message(problem, visit.gettext)
    if message is None:
        raise problem
    return await _show(request, [{"field": "", "message": message}], typed)


def _new(typed: dict[str, str]) -> dict[str, Any]:
    return {
        "id": name_of(typed["title.fr"]),
        "title": {"fr": typed["title.fr"], "en": typed["title.en"]},
        **{name: typed[name] for name in ("service", "counter", "theme", "audience")},
    }


def _missing(typed: dict[str, str], _: Any) -> list[dict[str, str]]:
    told = {
        "title.fr": _("Écrivez le titre en français."),
        "title.en": _("Écrivez le titre en anglais."),
        "service": _("Choisissez le service compétent."),
        "counter": _("Choisissez un guichet."),
        "theme": _("Choisissez un thème."),
        "audience": _("Choisissez un public."),
    }
    return [{"field": name, "message": told[name]} for name in NAMES if not typed[name]]


def _sent(request: web.Request) -> str | None:
    """Return the text of the file that was sent, None when it is none."""
    upload = request[FORM].get("file")
    if not isinstance(upload, web.FileField) or not upload.filename:
        return None
    content = upload.file.read(MOST_BYTES + 1)
    try:
        return content.decode("utf-8-sig") if len(content) <= MOST_BYTES else None
    except UnicodeDecodeError:
        return None


async def _show(
    request: web.Request, errors: list[dict[str, str]], typed: dict[str, str]
) -> web.Response:
    choices = await read_choices(request)
    return await show_page(
        request,
        "staff/procedures/new.html",
        status=422 if errors else 200,
        form=True,
        choices={
            name: [{"value": one["id"], "label": one["label"]} for one in choices[name]]
            for name in ("services", "counters", "themes", "audiences")
        },
        typed=typed,
        new_id=str(IDS.new_id()),
        errors=errors,
    )
