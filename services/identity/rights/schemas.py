"""What the addresses of rights take and give."""

from marshmallow import Schema, fields, validate

from services.identity.rights.model import Right

RIGHT = validate.OneOf([right.value for right in Right])
TEXT = validate.Length(min=1, max=4000)


class RightsBody(Schema):
    """Which right, and what is asked."""

    right = fields.String(required=True, validate=RIGHT)
    text = fields.String(required=True, validate=TEXT)


class WrittenBody(RightsBody):
    """A request that came by post or e-mail."""

    identifier = fields.String(required=True, validate=validate.Length(min=1, max=200))
    channel = fields.String(required=True, validate=validate.OneOf(["email", "post"]))
    received_on = fields.Date(required=True)


class AnswerBody(Schema):
    """What staff decide, in words."""

    granted = fields.Boolean(required=True, truthy={True}, falsy={False})
    text = fields.String(required=True, validate=TEXT)


class RightsView(Schema):
    """A request and its answer."""

    id = fields.UUID(required=True)
    account_id = fields.UUID(required=True)
    right = fields.String(required=True)
    channel = fields.String(required=True)
    state = fields.String(required=True)
    text = fields.String(required=True)
    answer = fields.String(required=True)
    received_on = fields.Date(required=True)
    due_on = fields.Date(required=True)
    answered_at = fields.DateTime(required=True, allow_none=True)


class RightsListView(Schema):
    """Requests."""

    requests = fields.List(fields.Nested(RightsView), required=True)


class OpenQuery(Schema):
    """After which request the page begins: its due day and id."""

    due_on = fields.Date()
    id = fields.UUID()
