"""What the addresses of links take and give."""

from marshmallow import Schema, fields, validate

LANGUAGE = validate.OneOf(["fr", "en"])


class LinkBody(Schema):
    """Where to send the link, and in which language."""

    email = fields.Email(required=True, validate=validate.Length(max=254))
    language = fields.String(load_default="fr", validate=LANGUAGE)


class LinkView(Schema):
    """The link of a draft; both are null while there is none."""

    sent_at = fields.DateTime(allow_none=True)
    expires_at = fields.DateTime(allow_none=True)


class OpenBody(Schema):
    """The secret that a link holds."""

    secret = fields.String(required=True, validate=validate.Length(min=1, max=200))


class OpenedView(Schema):
    """The draft that a link opens, and its key."""

    id = fields.UUID()
    access_key = fields.String()
