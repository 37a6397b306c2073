"""What the registration addresses take and give."""

from marshmallow import Schema, fields, validate

from services.identity.credentials.schemas import TYPED


class RegistrationBody(Schema):
    """What the person typed; `key` is made by the gateway with the form, for repetitions."""

    identifier = fields.String(required=True, validate=validate.Length(max=200))
    password = fields.String(required=True, validate=TYPED)
    email = fields.String(required=True, validate=validate.Length(max=320))
    language = fields.String(load_default="fr", validate=validate.OneOf(["fr", "en"]))
    key = fields.String(required=True, validate=validate.Length(min=16, max=200))


class RegistrationView(Schema):
    """The account that was opened; its e-mail is still to be confirmed."""

    account_id = fields.UUID(required=True)
    identifier = fields.String(required=True)


class ConfirmationView(Schema):
    """Whose e-mail was confirmed."""

    identifier = fields.String(required=True)
