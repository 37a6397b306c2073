"""What the addresses of heads take and give."""

from marshmallow import Schema, fields, validate


class HeadListQuery(Schema):
    """A page of heads: those of days before `before`."""

    before = fields.Date(load_default=None, format="iso")
    limit = fields.Integer(load_default=31, validate=validate.Range(min=1, max=366))


class HeadView(Schema):
    """The head of a day (UTC); `proof` is a compact JWT (typ evidence-head+jwt, Ed25519)."""

    day = fields.Date(required=True)
    position = fields.Integer(required=True)
    hash = fields.String(required=True)
    published_at = fields.DateTime(required=True)
    proof = fields.String(required=True)


class HeadListView(Schema):
    """Heads, latest first; `next_before` asks for the next page, null at the end."""

    heads = fields.List(fields.Nested(HeadView), required=True)
    next_before = fields.Date(required=True, allow_none=True)
