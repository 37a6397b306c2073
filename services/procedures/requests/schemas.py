"""What the request addresses take and give."""

from marshmallow import Schema, fields, validate

LANGUAGE = validate.OneOf(["fr", "en"])
KEY = validate.Length(min=22, max=200)
TEXT = validate.Length(max=200)


class LanguageQuery(Schema):
    """The language of labels and messages."""

    language = fields.String(load_default="fr", validate=LANGUAGE)


class NewRequestBody(Schema):
    """A request to start; `id` is a UUIDv7 made by the caller, `access_key` its owner's secret."""

    id = fields.UUID(required=True)
    procedure = fields.String(required=True, validate=TEXT)
    version = fields.Integer(load_default=None, allow_none=True, strict=True)
    language = fields.String(required=True, validate=LANGUAGE)
    terms_receipt = fields.String(required=True, validate=validate.Length(max=4000))
    access_key = fields.String(required=True, validate=KEY)


class AnswersBody(Schema):
    """A page as typed, and the revision that the person saw."""

    answers = fields.Dict(keys=fields.String(validate=TEXT), values=fields.Raw(), required=True)
    revision = fields.Integer(required=True, strict=True, validate=validate.Range(0, 2**31 - 2))


class FilingBody(Schema):
    """The certification: the box and the hash of the text shown beside it."""

    certified = fields.Boolean(required=True)
    certification_hash = fields.String(required=True, validate=TEXT)
    language = fields.String(load_default="fr", validate=LANGUAGE)


class TrackingBody(Schema):
    """What the person types to follow a request."""

    number = fields.String(required=True, validate=TEXT)
    code = fields.String(required=True, validate=TEXT)
    language = fields.String(load_default="fr", validate=LANGUAGE)


class DocumentView(Schema):
    """A supporting document joined."""

    id = fields.UUID()
    document = fields.String()
    name = fields.String()
    size = fields.Integer()
    media_type = fields.String()
    pages = fields.Integer(allow_none=True)
    scan = fields.String(validate=validate.OneOf(["unscanned", "pending", "clean", "infected"]))
    uploaded_at = fields.DateTime()


class RequestView(Schema):
    """A request, as its owner sees it."""

    id = fields.UUID()
    state = fields.String()
    state_label = fields.String()
    form_state = fields.Dict()
    procedure = fields.Dict()
    version = fields.Integer()
    newer_version = fields.Dict(allow_none=True)
    language = fields.String()
    of_account = fields.Boolean()
    answers = fields.Dict()
    recap = fields.List(fields.Dict())
    documents = fields.List(fields.Nested(DocumentView))
    missing = fields.List(fields.Dict())
    revision = fields.Integer()
    updated_at = fields.DateTime()
    number = fields.String()
    filed_at = fields.DateTime()
    tracking_code = fields.String()
    acknowledgement = fields.Dict()
    events = fields.List(fields.Dict())
    service = fields.Dict()


class CertificationView(Schema):
    """The text to certify."""

    title = fields.String()
    text_html = fields.String()
    version = fields.Integer()
    hash = fields.String()
    language = fields.String()
