"""What the addresses of amendments take and give."""

from marshmallow import Schema, fields, validate

NUMBER = validate.Range(0, 2**31 - 2)


class AmendmentView(Schema):
    """What changed since a draft was begun."""

    version = fields.Integer(allow_none=True)
    revision = fields.Integer(allow_none=True)
    required = fields.Boolean()
    changes = fields.List(fields.Dict())


class AmendmentBody(Schema):
    """The version that the person accepts, and the revision that was seen."""

    version = fields.Integer(required=True, strict=True, validate=NUMBER)
    revision = fields.Integer(required=True, strict=True, validate=NUMBER)
    language = fields.String(load_default="fr", validate=validate.OneOf(["fr", "en"]))
