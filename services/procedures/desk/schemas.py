"""What the desk's addresses take and give."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, validate, validates, validates_schema

from services.procedures.desk.bulk import Many
from services.procedures.desk.model import MAX_PAGE, NEWEST, OLDEST
from services.procedures.following.schemas import REVISION, FollowingView, written_text
from services.procedures.lifecycle.model import Action, State
from services.procedures.messages.model import MAX_TEXT
from services.procedures.requests.schemas import LANGUAGE, TEXT, RequestView

STAFF_ACTIONS = [
    str(action)
    for action in Action
    if action not in {Action.ANSWER, Action.WITHDRAW, Action.ESCALATE}
]
STATES = [str(state) for state in State if state is not State.DRAFT]
ME, NOBODY = "me", "nobody"
NAMES = re.compile(r"\{[^{}]*\}")
IDS = validate.Length(max=50)


class Cursor(fields.Field[tuple[datetime, UUID]]):
    """Where the former page of a queue ended: `<instant>_<id>`, as `next` gave it."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[datetime, UUID]:
        instant, _sign, identifier = str(value).partition("_")
        try:
            at, request_id = datetime.fromisoformat(instant), UUID(identifier)
        except ValueError:
            raise ValidationError("Not a place in the queue.") from None
        if at.tzinfo is None:
            raise ValidationError("Not a place in the queue.")
        return at, request_id


class Assigned(fields.String):
    """`me`, `nobody`, or the account of a colleague."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if value in (ME, NOBODY):
            return str(value)
        try:
            return str(UUID(str(value)))
        except ValueError:
            raise ValidationError("Neither me, nobody nor a colleague.") from None


class QueueQuery(Schema):
    """Which requests of the queue of a service."""

    language = fields.String(load_default="fr", validate=LANGUAGE)
    service = fields.String(required=True, validate=TEXT)
    state = fields.String(load_default=None, validate=validate.OneOf(STATES))
    procedure = fields.String(load_default=None, validate=TEXT)
    assigned = Assigned(load_default=None)
    late = fields.Boolean(load_default=False)
    order = fields.String(load_default=OLDEST, validate=validate.OneOf([OLDEST, NEWEST]))
    after = Cursor(load_default=None)
    count = fields.Integer(load_default=50, validate=validate.Range(1, MAX_PAGE))


class SearchBody(Schema):
    """A number or words of a name: in a body, for a name has no place in an address."""

    text = fields.String(required=True, validate=validate.Length(2, 200))
    language = fields.String(load_default="fr", validate=LANGUAGE)


class ActionBody(Schema):
    """An action on a request as it was at `revision`; `reason` is what the person reads."""

    action = fields.String(required=True, validate=validate.OneOf(STAFF_ACTIONS))
    revision = fields.Integer(required=True, strict=True, validate=REVISION)
    reason = fields.String(load_default="", validate=validate.Length(max=MAX_TEXT))
    fields_asked = fields.List(
        fields.String(validate=TEXT), load_default=list, data_key="fields", validate=IDS
    )
    documents = fields.List(fields.String(validate=TEXT), load_default=list, validate=IDS)
    deadline_on = fields.Date(load_default=None, allow_none=True)


class BulkItem(Schema):
    """A request of a bulk action, as it was seen."""

    id = fields.UUID(required=True)
    revision = fields.Integer(required=True, strict=True, validate=REVISION)


class BulkBody(Schema):
    """One thing done to up to 100 requests.

    `reason` is the reason (`close`, `ask_person`) or the message; `to` the colleague (`assign`).
    """

    action = fields.String(required=True, validate=validate.OneOf(list(Many)))
    reason = fields.String(load_default="", validate=validate.Length(max=MAX_TEXT))
    to = fields.UUID(load_default=None, allow_none=True)
    documents = fields.List(fields.String(validate=TEXT), load_default=list, validate=IDS)
    deadline_on = fields.Date(load_default=None, allow_none=True)
    requests = fields.List(
        fields.Nested(BulkItem), required=True, validate=validate.Length(1, MAX_PAGE)
    )

    @validates_schema
    def _require_message(self, data: dict[str, Any], **_: Any) -> None:
        if data["action"] == Many.MESSAGE and not data["reason"].strip():
            raise ValidationError("A message has words.", "reason")


class AssignmentBody(Schema):
    """Whom a request is given to: an account, or nobody."""

    revision = fields.Integer(required=True, strict=True, validate=REVISION)
    to = fields.UUID(required=True, allow_none=True)


class NoteBody(Schema):
    """A private note; `id` is a UUIDv7 made by the caller."""

    id = fields.UUID(required=True)
    text = written_text()


class TemplateBody(Schema):
    """Reasons to start from; `{number}`, `{procedure}` and `{filed_on}` are filled in.

    `changed_at` is what was read with the template, nothing for a new one.
    """

    service = fields.String(required=True, validate=TEXT)
    outcome = fields.String(
        required=True, validate=validate.OneOf(["accepted", "refused", "closed", "suspended"])
    )
    title = written_text(200)
    body_fr = written_text()
    body_en = written_text()
    changed_at = fields.AwareDateTime(load_default=None, allow_none=True)

    @validates("body_fr", "body_en")
    def _require_known_names(self, value: str, data_key: str) -> None:
        if set(NAMES.findall(value)) - {"{number}", "{procedure}", "{filed_on}"}:
            raise ValidationError("Only {number}, {procedure} and {filed_on} are filled in.")


class QueueView(Schema):
    """A page of a queue; `next` is None on the last one."""

    requests = fields.List(fields.Dict())
    next = fields.String(allow_none=True)


class QueuesView(Schema):
    """How much waits in each queue of the agent; figures stop at 1,000."""

    queues = fields.List(fields.Dict())


class BulkView(Schema):
    """What became of each request."""

    results = fields.List(fields.Dict())


class DeskRequestView(RequestView, FollowingView):
    """A request, as the desk sees it."""

    case = fields.Dict()
    steps_by = fields.Dict()
    notes = fields.List(fields.Dict())
    earlier_answers = fields.List(fields.Dict())
    askable = fields.List(fields.Dict())


class TemplatesView(Schema):
    """Reasons to start from."""

    templates = fields.List(fields.Dict())
