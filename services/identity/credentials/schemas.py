"""What the sign-in address takes and gives."""

from marshmallow import Schema, fields, validate

# before normalisation, which may shorten a password: the rule itself is in the model
TYPED = validate.Length(min=1, max=1024)


class SignInBody(Schema):
    """What the person typed."""

    identifier = fields.String(required=True, validate=validate.Length(min=1, max=200))
    password = fields.String(required=True, validate=TYPED)


class SignInView(Schema):
    """Who signed in."""

    account_id = fields.UUID(required=True)
    identifier = fields.String(required=True)
    display_name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
