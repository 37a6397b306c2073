"""Many requests of a queue at once: what is to be done, its words, and how it went for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from aiohttp import web

from chassis.http_client import ServiceProblem
from gateway.forms import FORM, Fields, text_of
from gateway.pages.catalogue.reading import read_procedure
from gateway.pages.staff.desk.access import ask, for_agents, services_of, supervises
from gateway.pages.staff.desk.colleagues import colleagues_of
from gateway.pages.staff.desk.dossier import IDS, form_token
from gateway.pages.staff.desk.queue import ADDRESS
from gateway.responses import redirect, show_page
from gateway.visits import session_of, visit_of

TEMPLATE = "staff/desk/bulk.html"
# done without a word for each person
AT_ONCE = frozenset({"take_in_hand", "resume"})
WITH_WORDS = frozenset({"message", "close", "ask_person"})
ACTIONS = AT_ONCE | WITH_WORDS | {"assign"}
MOST = 100


@dataclass(frozen=True)
class Pick:
    """A ticked request: `<revision>.<number>.<procedure>` is the value of its box."""

    id: str
    revision: int
    number: str
    procedure: str

    @property
    def value(self) -> str:
        """Return what the box sends again."""
        return f"{self.revision}.{self.number}.{self.procedure}"


@for_agents
async def act_on_many(request: web.Request) -> web.Response:
    """POST /agents/dossiers/lot: asks for what is missing, else does it and tells the outcome."""
    _, fields = visit_of(request).gettext, request[FORM]
    picks, action, service = picks_of(fields), text_of(fields, "what"), text_of(fields, "service")
    if action not in ACTIONS or service not in {one["id"] for one in services_of(request)}:
        raise web.HTTPBadRequest
    if not picks:
        (await session_of(request)).flash("warning", _("Cochez d’abord des dossiers."))
        return redirect(f"{ADDRESS}?service={service}")
    if action not in AT_ONCE and not text_of(fields, "confirmed"):
        return await _show(request, picks, action, service)
    colleagues = await colleagues_of(request, service) if action == "assign" else {}
    errors = _faults(request, action, colleagues)
    if errors:
        return await _show(request, picks, action, service, errors)
    return await _do(request, picks, action, service, colleagues)


async def _do(
    request: web.Request,
    picks: Sequence[Pick],
    action: str,
    service: str,
    colleagues: Mapping[str, str],
) -> web.Response:
    fields, _ = request[FORM], visit_of(request).gettext
    body = {
        "action": action,
        "reason": text_of(fields, "reason").replace("\r\n", "\n"),
        "to": text_of(fields, "to") or None if action == "assign" else None,
        "documents": [one.removeprefix("join.") for one in fields if one.startswith("join.")],
        "requests": [{"id": one.id, "revision": one.revision} for one in picks],
    }
    headers = {"Idempotency-Key": form_token(fields)}
    try:
        answer = await ask(request, "POST", "/bulk", json=body, headers=headers, repeatable=True)
    except ServiceProblem as problem:
        if problem.status != 422:
            raise
        error = {"field": "reason", "message": _("Ce texte n’est pas accepté : vérifiez-le.")}
        return await _show(request, picks, action, service, [error])
    results = {one["id"]: one for one in answer.json()["results"]}
    rows = [{"pick": one, **results[one.id]} for one in picks if one.id in results]
    return await _render(request, picks, action, service, results=rows, colleagues=colleagues)


def _faults(
    request: web.Request, action: str, colleagues: Mapping[str, str]
) -> list[dict[str, str]]:
    fields, _ = request[FORM], visit_of(request).gettext
    if action in WITH_WORDS and not text_of(fields, "reason").strip():
        return [{"field": "reason", "message": _("Écrivez ce que les personnes liront.")}]
    to = text_of(fields, "to")
    if action == "assign" and to and to not in colleagues:
        return [{"field": "to", "message": _("Choisissez une personne du service.")}]
    return []


async def _show(
    request: web.Request,
    picks: Sequence[Pick],
    action: str,
    service: str,
    errors: Sequence[dict[str, str]] = (),
) -> web.Response:
    colleagues = await colleagues_of(request, service) if action == "assign" else {}
    documents = await _documents(request, picks) if action == "ask_person" else {}
    return await _render(
        request, picks, action, service, errors=errors, colleagues=colleagues, documents=documents
    )


async def _render(
    request: web.Request,
    picks: Sequence[Pick],
    action: str,
    service: str,
    *,
    errors: Sequence[dict[str, str]] = (),
    results: Sequence[dict[str, Any]] = (),
    colleagues: Mapping[str, str] | None = None,
    documents: Mapping[str, str] | None = None,
) -> web.Response:
    fields = request[FORM]
    return await show_page(
        request,
        TEMPLATE,
        status=422 if errors else 200,
        form=True,
        picks=picks,
        action=action,
        service=service,
        supervises=supervises(request, service),
        errors=errors,
        results=results,
        colleagues=colleagues or {},
        documents=documents or {},
        ticked={name for name in fields if name.startswith("join.")},
        reason=text_of(fields, "reason"),
        to=text_of(fields, "to"),
        me=(visit_of(request).account or {}).get("account_id"),
        form_token=form_token(fields) if "form_token" in fields else str(IDS.new_id()),
    )


async def _documents(request: web.Request, picks: Sequence[Pick]) -> dict[str, str]:
    """Return the documents of the ticked requests' procedures, by id."""
    found: dict[str, str] = {}
    for procedure in sorted({one.procedure for one in picks}):
        known = (await read_procedure(request, procedure)).content
        found |= {one["id"]: one["label"] for one in known["documents"] if one.get("id")}
    return found


def picks_of(fields: Fields) -> list[Pick]:
    """Return the ticked requests, 100 at most; a box that is none of ours is left out."""
    found = [
        _pick(name.removeprefix("pick."), text_of(fields, name))
        for name in fields
        if name.startswith("pick.")
    ]
    return [one for one in found if one is not None][:MOST]


def _pick(identifier: str, value: str) -> Pick | None:
    revision, _dot, rest = value.partition(".")
    number, _dot, procedure = rest.partition(".")
    slug = procedure.isascii() and procedure.replace("-", "").isalnum()
    if not (revision.isascii() and revision.isdecimal() and len(revision) < 10 and slug):
        return None
    try:
        return Pick(str(UUID(identifier)), int(revision), number[:40], procedure[:100])
    except ValueError:
        return None
