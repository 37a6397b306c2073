"""A document, a step or a field is added: a few words first, then the form of the part."""

from keyword import kwlist
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
    read_choices,
    read_draft,
)
from gateway.pages.staff.procedures.controls import (
    Control,
    Path,
    at,
    name_of,
    pair,
    shown,
    shown_typed,
    unused,
)
from gateway.pages.staff.procedures.draft import revision_of
from gateway.pages.staff.procedures.field_sheet import (
    CHOICES,
    COMPOSITE,
    OUTSIDE,
    kinds_to_add,
)
from gateway.pages.staff.procedures.parts import TEMPLATE, default_ask
from gateway.pages.staff.procedures.setting import Setting
from gateway.pages.staff.procedures.sheets import DOCUMENT, FIELD, PAGE
from gateway.pages.staff.procedures.wording import refusal_message
from gateway.responses import redirect, show_page
from gateway.visits import visit_of

TO_WRITE = {"fr": "[…]", "en": "[…]"}


def _target(request: web.Request, draft: dict[str, Any]) -> Path:
    """Return the list that something is added to; what is no such list is not found."""
    kind = request.match_info["kind"]
    numbers = [
        int(one) for one in request.match_info.get("place", "").split("-") if one.isdecimal()
    ]
    places: dict[tuple[str, int], Path] = {
        (DOCUMENT, 0): ["documents"],
        (PAGE, 0): ["form", "pages"],
    }
    if kind == FIELD and len(numbers) in (1, 2):
        inner: Path = ["fields", numbers[1]] if len(numbers) == 2 else []
        page: Path = ["form", "pages", numbers[0], *inner]
        if isinstance(at(draft["document"], page), dict):
            return [*page, "fields"]
    if (kind, len(numbers)) not in places:
        raise web.HTTPNotFound
    return places[kind, len(numbers)]


async def _controls(request: web.Request, draft: dict[str, Any], target: Path) -> list[Control]:
    visit, kind = visit_of(request), request.match_info["kind"]
    _ = visit.gettext
    labels = {DOCUMENT: _("Nom du document"), PAGE: _("Titre de l’étape"), FIELD: _("Libellé")}
    found = [Control(("label",), "text", labels[kind], "", True)]
    if kind == FIELD:
        choices = await read_choices(request)
        setting = Setting(draft["document"], choices, visit.language, _)
        types = kinds_to_add(setting, inside=len(target) > 4)
        found.insert(0, Control(("type",), "one", _("Type"), "", True, types))
        found.append(Control(("required",), "yes", _("Réponse obligatoire")))
    return found


@for_editors
async def show_adding(request: web.Request) -> web.Response:
    """GET /agents/modifications/{id}/ajouts/{kind}/{place}."""
    draft = await read_draft(request)
    controls = await _controls(request, draft, _target(request, draft))
    return await _show(request, draft, shown(controls, {}), [])


@for_editors
async def add_part(request: web.Request) -> web.Response:
    """POST .../ajouts/{kind}/{place}: then the form of what was added."""
    draft, fields, visit = await read_draft(request), request[FORM], visit_of(request)
    _, kind, target = visit.gettext, request.match_info["kind"], _target(request, draft)
    controls = await _controls(request, draft, target)
    label, chosen = pair(fields, "label"), text_of(fields, "type")
    known = {one["value"] for control in controls for one in control.choices}
    errors = []
    if kind == FIELD and chosen not in known:
        errors.append({"field": "type", "message": _("Choisissez un type.")})
    if label is None or not all(label.values()):
        errors.append({"field": "label.fr", "message": _("Écrivez le nom dans les deux langues.")})
    if errors or label is None:
        return await _show(request, draft, shown_typed(controls, fields), errors)
    value = new_part(draft["document"], kind, label, chosen, text_of(fields, "required") == "yes")
    items = at(draft["document"], target)
    number = len(items) if isinstance(items, list) else 0
    body = {
        "revision": revision_of(request),
        "changes": [{"op": "insert", "path": target, "value": value}],
    }
    try:
        await ask(request, "POST", f"{draft_path(request)}/changes", json=body)
    except ServiceProblem as problem:
        last = items[-1] if number else None
        if problem.code == "draft-changed" and at(last, ("label",)) == label:
            return redirect(draft_page(request))  # sent twice: the first time did it
        message = refusal_message(problem, _)
        if message is None:
            raise
        said = [{"field": "", "message": message}]
        return await _show(request, draft, shown_typed(controls, fields), said)
    numbers = [str(step) for step in target if isinstance(step, int)] + [str(number)]
    return redirect(f"{draft_page(request)}/parties/{kind}/{'-'.join(numbers)}")


def new_part(
    document: Any, kind: str, label: dict[str, str], chosen: str, required: bool
) -> dict[str, Any]:
    """Return a part that can be loaded as it is; […] stands where words are wanted."""
    if kind == DOCUMENT:
        name = unused(name_of(label["fr"]), _ids(document, ("documents",)))
        return {"id": name, "label": label, "types": ["pdf", "jpeg", "png"]}
    if kind == PAGE:
        name = unused(name_of(label["fr"]), _ids(document, ("form", "pages")))
        return {"id": name, "title": label, "fields": []}
    taken = _field_ids(document)
    name = field_name(label["fr"], taken)
    made: dict[str, Any] = {"id": name, "type": chosen, "label": label}
    if required and chosen not in OUTSIDE:
        made["required"] = True
        if chosen not in COMPOSITE:
            made["ask"] = default_ask(label)
    if chosen in CHOICES:
        made["options"] = [
            {"value": f"choix-{number}", "label": dict.fromkeys(("fr", "en"), f"[…] {number}")}
            for number in (1, 2)
        ]
    if chosen == "information":
        made["text"] = dict(TO_WRITE)
    if chosen == "group":
        made["item_label"] = dict(TO_WRITE)
        inner = unused(f"{name}_nom", [*taken, name])
        made["fields"] = [{"id": inner, "type": "text", "label": dict(TO_WRITE)}]
    if chosen == "files":
        made["document"] = next(iter(_ids(document, ("documents",))), "document")
    return made


def field_name(label: str, taken: list[str]) -> str:
    """Return an identifier that conditions can read: letters, figures and `_`."""
    name = name_of(label, "_")
    return unused(name if name[0].isalpha() and name not in WORDS else f"champ_{name}", taken)


# words of the language of conditions
WORDS = frozenset(
    {*kwlist, "true", "false", "today", "age", "days", "year", "month", "day", "count", "sum"}
    | {"min", "max", "round", "eur", "given", "when"}
)


def _ids(document: Any, path: tuple[str, ...]) -> list[str]:
    items = at(document, path)
    return [str(at(one, ("id",))) for one in (items if isinstance(items, list) else [])]


def _field_ids(document: Any) -> list[str]:
    pages = at(document, ("form", "pages"))
    found: list[str] = []
    for page in pages if isinstance(pages, list) else []:
        fields = at(page, ("fields",))
        for field in fields if isinstance(fields, list) else []:
            found += [str(at(field, ("id",))), *_ids(field, ("fields",))]
    return found


async def _show(
    request: web.Request,
    draft: dict[str, Any],
    controls: list[dict[str, Any]],
    errors: list[dict[str, str]],
) -> web.Response:
    return await show_page(
        request,
        TEMPLATE,
        status=422 if errors else 200,
        form=True,
        draft=draft,
        kind=request.match_info["kind"],
        controls=controls,
        part_id="",
        name="",
        address=request.path,
        adding=True,
        conflict=[],
        moved=False,
        faults=[],
        may_write=may_write(request) and draft["state"] == "draft",
        errors=errors,
    )
