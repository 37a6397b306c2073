"""What the addresses of definition drafts take and give."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.procedures.catalogue.schemas import LANGUAGE, NAME
from services.procedures.catalogue.strict_yaml import MAX_BYTES, MAX_DEPTH

SLUG = validate.Regexp(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
# what is typed is kept, faults included: only the size is bounded here
TYPED_SOURCE = validate.Length(max=MAX_BYTES)
REVISION = validate.Range(min=1, max=2**31 - 1)
OPERATIONS = ("set", "insert", "remove", "move", "typography")
MOST_CHANGES = 200


class DraftsQuery(Schema):
    """A page of drafts, below an id."""

    before = fields.UUID(load_default=None)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 100))


class HistoryQuery(Schema):
    """A page of the history, below a position."""

    before = fields.Integer(load_default=2**62, validate=validate.Range(1, 2**62))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 100))


class TitleBody(Schema):
    """A title in both languages."""

    fr = fields.String(required=True, validate=validate.Length(1, 200))
    en = fields.String(required=True, validate=validate.Length(1, 200))


class NewProcedureBody(Schema):
    """What a new procedure begins with."""

    id = fields.String(required=True, validate=[validate.Length(2, 80), SLUG])
    title = fields.Nested(TitleBody, required=True)
    service = fields.String(required=True, validate=NAME)
    counter = fields.String(required=True, validate=NAME)
    theme = fields.String(required=True, validate=NAME)
    audience = fields.String(required=True, validate=NAME)


class NewDefinitionDraftBody(Schema):
    """A draft to begin, with exactly one of `procedure`, `source` and `new`.

    `id` is chosen by the caller, so that repeating begins once.
    """

    id = fields.UUID(required=True)
    procedure = fields.String(load_default=None, validate=NAME)
    source = fields.String(load_default=None, validate=TYPED_SOURCE)
    new = fields.Nested(NewProcedureBody, load_default=None)

    @validates_schema
    def check_beginning(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse two beginnings, or none."""
        if sum(data[key] is not None for key in ("procedure", "source", "new")) != 1:
            raise ValidationError({"procedure": ["Exactly one of procedure, source, new."]})


class DraftRevisionBody(Schema):
    """The revision on which the person acts; another one is refused."""

    revision = fields.Integer(required=True, validate=REVISION)


class SourceBody(DraftRevisionBody):
    """The YAML as typed; `based_on` is the version that the writer has taken into account."""

    source = fields.String(required=True, validate=TYPED_SOURCE)
    based_on = fields.Integer(load_default=None, validate=validate.Range(0, 2**31 - 1))


class Step(fields.Field[str | int]):
    """A key, or the place of an item from 0."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str | int:
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise ValidationError("Must be a key or a place.")
        return value


def _shallow(value: Any) -> None:
    """Refuse what is nested deeper than any part of a definition."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [part for one in level for part in _parts(one)]
        if not level:
            return
    raise ValidationError("Is nested too deeply.")


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


class ChangeBody(Schema):
    """One change of a draft; `path` leads to the part, by keys and places."""

    op = fields.String(required=True, validate=validate.OneOf(OPERATIONS))
    path = fields.List(Step(), load_default=list, validate=validate.Length(max=12))
    value = fields.Raw(load_default=None, allow_none=True, validate=_shallow)
    by = fields.Integer(load_default=0, validate=validate.OneOf([-1, 0, 1]))


class ChangesBody(DraftRevisionBody):
    """Changes that are made together or not at all."""

    changes = fields.List(
        fields.Nested(ChangeBody), required=True, validate=validate.Length(1, MOST_CHANGES)
    )


class SendBackBody(DraftRevisionBody):
    """Why a draft goes back to its writers."""

    reason = fields.String(required=True, validate=validate.Length(1, 500))


class ApprovalBody(DraftRevisionBody):
    """The SHA-256 of what the approver read: nothing else is published."""

    content_hash = fields.String(required=True, validate=validate.Regexp(r"[0-9a-f]{64}\Z"))


class PreviewBody(Schema):
    """What was typed in each page, for the time of an answer; nothing is stored."""

    language = fields.String(load_default="fr", validate=LANGUAGE)
    answers = fields.Dict(keys=fields.String(), values=fields.Dict(), load_default=dict)


class DefinitionDraftView(Schema):
    """A draft in a list."""

    id = fields.UUID(required=True)
    procedure = fields.String(required=True)
    state = fields.String(required=True)
    based_on = fields.Integer(required=True)
    writers = fields.List(fields.UUID(), required=True)
    approver = fields.UUID(required=True, allow_none=True)
    version = fields.Integer(required=True, allow_none=True)
    refusal = fields.String(required=True)
    revision = fields.Integer(required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class FindingView(Schema):
    """Something to mend (`stops`) or to think of; `check` is "definition" or an id of `checks`."""

    check = fields.String(required=True)
    line = fields.Integer(required=True)
    path = fields.List(fields.Raw(), required=True)
    where = fields.String(required=True)
    message = fields.String(required=True)
    stops = fields.Boolean(required=True)


class WholeDefinitionDraftView(DefinitionDraftView):
    """A draft whole: its YAML, its plain data, what is wrong, and the version in force."""

    title = fields.String(required=True)
    in_force = fields.Integer(required=True)
    source = fields.String(required=True)
    document = fields.Dict(required=True)
    content_hash = fields.String(required=True)
    findings = fields.List(fields.Nested(FindingView), required=True)
    checks = fields.List(fields.Dict(), required=True)


class DefinitionDraftsView(Schema):
    """Open drafts, latest first."""

    drafts = fields.List(fields.Nested(DefinitionDraftView), required=True)
    next_before = fields.UUID(required=True, allow_none=True)


class DefinitionSourceView(Schema):
    """A published version as YAML."""

    id = fields.String(required=True)
    version = fields.Integer(required=True)
    content_hash = fields.String(required=True)
    source = fields.String(required=True)


class DefinitionDifferencesView(Schema):
    """What a draft changes: `{change, path, where, before, after}` part by part."""

    differences = fields.List(fields.Dict(), required=True)


class DefinitionHistoryView(Schema):
    """What was done to a procedure and its drafts, latest first."""

    entries = fields.List(fields.Dict(), required=True)
    next_before = fields.Integer(required=True, allow_none=True)


class PreviewView(Schema):
    """The procedure's page, what its form shows, and the faults of each page."""

    procedure = fields.Dict(required=True)
    form_state = fields.Dict(required=True)
    errors = fields.Dict(required=True)
