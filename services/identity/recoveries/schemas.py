"""What the recovery addresses take and give."""

from marshmallow import Schema, fields, validate

from services.identity.credentials.schemas import SECRET, TYPED


class RecoveryBody(Schema):
    """What was lost, and the identifier or the e-mail that was typed."""

    lost = fields.String(required=True, validate=validate.OneOf(["password", "identifier"]))
    typed = fields.String(required=True, validate=validate.Length(min=1, max=320))


class ResetBody(Schema):
    """The secret of the link and another password; a second factor where it is asked."""

    secret = fields.String(required=True, validate=SECRET)
    password = fields.String(required=True, validate=TYPED)
    kind = fields.String(validate=validate.OneOf(["totp", "recovery"]))
    code = fields.String(validate=validate.Length(max=40))


class ResetView(Schema):
    """Whose link it is, and whether a second factor is asked."""

    identifier = fields.String(required=True)
    second_factor = fields.Boolean(required=True)


class ResetDoneView(Schema):
    """Whose password was changed."""

    account_id = fields.UUID(required=True)
    identifier = fields.String(required=True)
