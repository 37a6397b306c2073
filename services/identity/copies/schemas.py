"""What the addresses of copies give."""

from marshmallow import Schema, fields


class CopyView(Schema):
    """A copy; `missing` names the services whose part could not be had."""

    id = fields.UUID(required=True)
    state = fields.String(required=True)
    missing = fields.List(fields.String(), required=True)
    requested_at = fields.DateTime(required=True)
    expires_at = fields.DateTime(required=True)


class CopiesView(Schema):
    """The copies of an account."""

    copies = fields.List(fields.Nested(CopyView), required=True)
