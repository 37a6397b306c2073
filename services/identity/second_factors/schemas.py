"""What the addresses of second factors take and give."""

from marshmallow import Schema, fields, validate

from services.identity.credentials.schemas import SECRET


class StepUpTokenBody(Schema):
    """The token that a password gave."""

    step_up = fields.String(required=True, validate=SECRET)


class FactorView(Schema):
    """A second factor; its secret is never given again."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    label = fields.String(required=True)
    created_at = fields.DateTime(required=True)
    last_used_at = fields.DateTime(required=True, allow_none=True)


class FactorsView(Schema):
    """The second factors of an account."""

    factors = fields.List(fields.Nested(FactorView), required=True)
    recovery_codes_left = fields.Integer(required=True)


class TotpOfferView(Schema):
    """A seed to scan: as text, as an otpauth address, as a picture (SVG markup)."""

    token = fields.String(required=True)
    secret = fields.String(required=True)
    uri = fields.String(required=True)
    picture = fields.String(required=True)


class TotpBody(Schema):
    """The token of the offer, and the first code."""

    token = fields.String(required=True, validate=SECRET)
    code = fields.String(required=True, validate=validate.Length(min=1, max=40))


class PasskeyBody(Schema):
    """The token of the offer, what the browser made, and a name for it."""

    token = fields.String(required=True, validate=SECRET)
    credential = fields.Dict(required=True)
    label = fields.String(load_default="", validate=validate.Length(max=60))


class EnrolmentView(Schema):
    """The factor added; recovery codes the first time, shown once."""

    factor_id = fields.UUID(required=True)
    recovery_codes = fields.List(fields.String(), required=True)


class RecoveryCodesView(Schema):
    """New recovery codes, shown once."""

    recovery_codes = fields.List(fields.String(), required=True)
