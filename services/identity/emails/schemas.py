"""What the addresses of e-mail changes take and give."""

from marshmallow import Schema, fields, validate

from services.identity.credentials.schemas import SECRET


class EmailChangeBody(Schema):
    """The new address, and the token that a password gave."""

    email = fields.String(required=True, validate=validate.Length(min=1, max=320))
    step_up = fields.String(required=True, validate=SECRET)


class EmailConfirmationView(Schema):
    """Whether both addresses have now agreed."""

    done = fields.Boolean(required=True)
