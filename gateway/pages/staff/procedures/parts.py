"""One part of a draft in a form of its own: shown, changed, added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    changes,
    shown,
    shown_typed,
    typed,
)
from gateway.pages.staff.procedures.draft import revision_of
from gateway.pages.staff.procedures.setting import Setting
from gateway.pages.staff.procedures.sheets import SHEETS, place_of, sheet_of
from gateway.pages.staff.procedures.wording import refusal_message
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

TEMPLATE = "staff/procedures/part.html"


@dataclass(frozen=True)
class Sheet:
    """A part of a draft and its controls."""

    draft: Mapping[str, Any]
    kind: str
    place: Path
    part: Any
    controls: Sequence[Control]

    @property
    def part_id(self) -> str:
        """Return the identifier of the part, "" for the procedure itself."""
        return "" if self.kind in SHEETS else str(at(self.part, ("id",)) or "")

    def name_in(self, language: str) -> str:
        """Return the label or title of the part, "" for the procedure itself."""
        if self.kind in SHEETS:
            return ""
        return str(at(self.part, ("label", language)) or at(self.part, ("title", language)) or "")


async def open_sheet(request: web.Request) -> Sheet:
    """Read the draft and the part that the address names; what is not there is not found."""
    kind = request.match_info["kind"]
    numbers = numbers_of(request)
    place = place_of(kind, numbers)
    draft = await read_draft(request)
    part = draft["document"] if not place else at(draft["document"], place)
    if place is None or part is None:
        raise web.HTTPNotFound
    visit = visit_of(request)
    choices = await read_choices(request)
    setting = Setting(draft["document"], choices, visit.language, visit.gettext)
    return Sheet(draft, kind, place, part, sheet_of(setting, kind, numbers, part))


def numbers_of(request: web.Request) -> list[int]:
    """Return the places of the address: `0-2` is the third field of the first step."""
    parts = request.match_info.get("place", "").split("-")
    return [int(one) for one in parts if one.isdecimal() and one.isascii() and len(one) < 4][:4]


@for_editors
async def show_part(request: web.Request) -> web.Response:
    """GET /agents/modifications/{id}/parties/{kind}/{place}."""
    sheet = await open_sheet(request)
    return await _show(request, sheet, shown(sheet.controls, sheet.part), [])


@for_editors
async def save_part(request: web.Request) -> web.Response:
    """POST .../parties/{kind}/{place}: kept with its faults; a conflict keeps the typing."""
    sheet, fields = await open_sheet(request), request[FORM]
    made = changes(sheet.controls, fields, sheet.place, sheet.part) + _asked_for(sheet, fields)
    if not made:
        return redirect(draft_page(request))
    body = {"revision": revision_of(request), "changes": made}
    try:
        await ask(request, "POST", f"{draft_path(request)}/changes", json=body)
    except ServiceProblem as problem:
        if problem.code == "draft-changed" and _is_there(sheet, fields):
            return redirect(draft_page(request))  # sent twice: the first time did it
        message = refusal_message(problem, visit_of(request).gettext)
        if message is None:
            raise
        errors = [{"field": "", "message": message}]
        conflict = problem.code == "draft-changed"
        return await _show(request, sheet, shown_typed(sheet.controls, fields), errors, conflict)
    (await session_of(request)).flash("success", visit_of(request).gettext("C’est enregistré."))
    return redirect(draft_page(request))


def _is_there(sheet: Sheet, fields: Any) -> bool:
    """Say whether what was typed is what the draft now holds, in the same part."""
    same = text_of(fields, "part_id") == sheet.part_id
    stored = [at(sheet.part, control.path) for control in sheet.controls]
    return same and stored == [typed(control, fields) for control in sheet.controls]


def _asked_for(sheet: Sheet, fields: Any) -> list[dict[str, Any]]:
    """Write the message of a required answer when its writer left it empty."""
    known = {control.name: control for control in sheet.controls}
    if "ask" not in known or typed(known["ask"], fields) is not None:
        return []
    conditional = "require" in known and typed(known["require"], fields)
    label = typed(known["label"], fields)
    if not (typed(known["required"], fields) or conditional) or label is None:
        return []
    return [{"op": "set", "path": [*sheet.place, "ask"], "value": default_ask(label)}]


def default_ask(label: Mapping[str, str]) -> dict[str, str]:
    """Return what a person reads when the answer to that question is missing."""
    french, english = (label[one].rstrip(" \u00a0:?") for one in ("fr", "en"))
    return {
        "fr": f"Répondez à la question «\u00a0{french}\u00a0».",
        "en": f"Answer the question “{english}”.",
    }


async def _show(
    request: web.Request,
    sheet: Sheet,
    controls: list[dict[str, Any]],
    errors: list[dict[str, str]],
    conflict: bool = False,
) -> web.Response:
    now = {view["name"]: view for view in shown(sheet.controls, sheet.part)}
    changed = [
        {**now[view["name"]], "typed": view["value"]}
        for view in controls
        if conflict and now[view["name"]]["value"] != view["value"]
    ]
    moved = conflict and text_of(request[FORM], "part_id") != sheet.part_id
    place = list(sheet.place)
    return await show_page(
        request,
        TEMPLATE,
        status=(409 if conflict else 422) if errors else 200,
        form=True,
        draft=sheet.draft,
        kind=sheet.kind,
        controls=controls,
        part_id=sheet.part_id,
        name=sheet.name_in(visit_of(request).language),
        address=request.path,
        adding=False,
        conflict=changed,
        moved=moved,
        faults=[
            one for one in sheet.draft["findings"] if place and one["path"][: len(place)] == place
        ],
        may_write=may_write(request) and sheet.draft["state"] == "draft",
        errors=errors,
    )
