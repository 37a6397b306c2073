"""What the addresses of erasure take and give."""

from marshmallow import Schema, fields, validate

from services.identity.credentials.schemas import SECRET


class ErasureBody(Schema):
    """At once, or in 14 days with time to change one's mind; the token that a password gave."""

    when = fields.String(required=True, validate=validate.OneOf(["now", "later"]))
    step_up = fields.String(required=True, validate=SECRET)


class ErasureView(Schema):
    """When the account is erased; null when it already is."""

    erasure_due_at = fields.DateTime(required=True, allow_none=True)
