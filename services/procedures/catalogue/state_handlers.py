"""HTTP addresses of the states of procedures: administrators, supervisors, publishers."""

from typing import Any
from uuid import UUID

from aiohttp import web
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from chassis.caller import CALLER
from chassis.errors import NotAllowed
from chassis.routing import BODY, QUERY, Route
from services.procedures.catalogue.model import HeldBy, ProcedureDefinition, State
from services.procedures.catalogue.schemas import ProcedureQuery
from services.procedures.catalogue.states import ProcedureStates, StateChange
from services.procedures.desk.edge import staff_of
from services.procedures.editing.edge import PUBLISHERS, editor_of, reader_of

STATES = web.AppKey("states", ProcedureStates)
SENTENCE = validate.Length(1, 1000)


class ReasonBody(Schema):
    """Why, as the public reads it: both languages are needed."""

    fr = fields.String(required=True, validate=SENTENCE)
    en = fields.String(required=True, validate=SENTENCE)


class SuspensionBody(Schema):
    """Since when, until when if known (last day), and why."""

    since = fields.Date(required=True)
    until = fields.Date(load_default=None, allow_none=True)
    reason = fields.Nested(ReasonBody, required=True)

    @validates_schema
    def check_order(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse an end before the beginning."""
        if data["until"] is not None and data["until"] < data["since"]:
            raise ValidationError({"until": ["Must not be before since."]})


class StateBody(Schema):
    """The state to give; a suspension goes with `suspended`, and only with it."""

    state = fields.Enum(State, by_value=True, required=True)
    suspension = fields.Nested(SuspensionBody, load_default=None, allow_none=True)

    @validates_schema
    def check_suspension(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse one without the other."""
        if (data["state"] is State.SUSPENDED) != (data["suspension"] is not None):
            raise ValidationError({"suspension": ["Goes with suspended, and only with it."]})


class SteeredView(Schema):
    """A procedure as staff sees it."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    kind = fields.String(required=True)
    service = fields.String(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True)
    held_by = fields.String(required=True, validate=validate.OneOf(list(HeldBy)))
    suspension = fields.Dict(required=True, allow_none=True)


class SteeredListView(Schema):
    """Every procedure, hidden ones too."""

    procedures = fields.List(fields.Nested(SteeredView), required=True)


async def list_states(request: web.Request) -> web.Response:
    """GET /staff/procedures."""
    reader_of(request)
    language = request[QUERY]["language"]
    found = await request.app[STATES].list_all()
    return web.json_response({"procedures": [_view(one, language) for one in found]})


async def change_state(request: web.Request) -> web.Response:
    """PUT /staff/procedures/{slug}/state: at once, without a new version."""
    states, body = request.app[STATES], request[BODY]
    reader_of(request)
    definition = await states.find(request.match_info["slug"])
    actor = _steerer(request, definition)
    change = StateChange(body["state"], _plain(body["suspension"]), f"account:{actor}")
    changed = await states.change_state(definition.id, change)
    return web.json_response(_view(changed, "fr"))


def _steerer(request: web.Request, definition: ProcedureDefinition) -> UUID:
    """Return who acts: a publisher, an administrator, or a supervisor of the service."""
    person = request[CALLER].person
    if person is not None and PUBLISHERS.intersection(person.roles):
        return editor_of(request, PUBLISHERS)
    staff = staff_of(request)
    if not staff.administrator and definition.service not in staff.supervisor_of:
        raise NotAllowed("Only an administrator or a supervisor of its service may do this.")
    return staff.id


ROUTES = [
    Route(
        "GET",
        "/staff/procedures",
        list_states,
        "Every procedure and its state",
        query=ProcedureQuery,
        answer=SteeredListView,
        problems=[403],
    ),
    Route(
        "PUT",
        "/staff/procedures/{slug}/state",
        change_state,
        "Publish, suspend or withdraw a procedure",
        body=StateBody,
        answer=SteeredView,
        problems=[403, 404, 409],
    ),
]


def _plain(suspension: dict[str, Any] | None) -> dict[str, Any] | None:
    if suspension is None:
        return None
    until = suspension["until"]
    return {
        "since": suspension["since"].isoformat(),
        "until": until.isoformat() if until is not None else None,
        "reason": dict(suspension["reason"]),
    }


def _view(definition: ProcedureDefinition, language: str) -> dict[str, Any]:
    suspension = definition.suspension
    return {
        "id": definition.id,
        "title": definition.title.in_language(language),
        "kind": definition.kind.value,
        "service": definition.service,
        "version": definition.version,
        "state": definition.state.value,
        "held_by": definition.held_by.value,
        "suspension": None
        if suspension is None
        else {
            "since": suspension.since.isoformat(),
            "until": suspension.until.isoformat() if suspension.until else None,
            "reason": suspension.reason.in_language(language),
        },
    }
