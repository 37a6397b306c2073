"""What the account addresses give."""

from marshmallow import Schema, fields, validate


class AccountView(Schema):
    """An account, as its owner sees it."""

    account_id = fields.UUID(required=True)
    identifier = fields.String(required=True)
    display_name = fields.String(required=True)
    email = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    language = fields.String(required=True)
    session_epoch = fields.Integer(required=True)
    erasure_due_at = fields.DateTime(required=True, allow_none=True)
    limited_at = fields.DateTime(required=True, allow_none=True)


class EventView(Schema):
    """Something that happened to the account."""

    id = fields.UUID(required=True)
    recorded_at = fields.DateTime(required=True)
    action = fields.String(required=True)
    actor = fields.String(required=True)
    detail = fields.Dict(required=True)


class EventPage(Schema):
    """Events, the newest first; `next` is the last one's id, to ask for those before it."""

    events = fields.List(fields.Nested(EventView), required=True)
    next = fields.UUID(required=True, allow_none=True)


class EventQuery(Schema):
    """Which events: those before one, sign-ins only."""

    before = fields.UUID()
    kind = fields.String(validate=validate.OneOf(["sign-ins"]))


class EpochView(Schema):
    """The epoch under which sessions go on."""

    session_epoch = fields.Integer(required=True)
