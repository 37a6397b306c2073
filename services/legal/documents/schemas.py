"""What the document addresses take and give."""

from marshmallow import Schema, fields, validate

LANGUAGE = validate.OneOf(["fr", "en"])
VERSION = validate.Range(min=1, max=2**31 - 1)


class LanguageQuery(Schema):
    """The language of the text."""

    language = fields.String(load_default="fr", validate=LANGUAGE)


class DocumentQuery(LanguageQuery):
    """The language, and the version when it is not the one in force."""

    version = fields.Integer(load_default=None, validate=VERSION)


class DocumentSummaryView(Schema):
    """A document in force. `material`: its last amendment asks for acceptance again."""

    slug = fields.String(required=True)
    title = fields.String(required=True)
    summary = fields.String(required=True)
    version = fields.Integer(required=True)
    effective_from = fields.DateTime(required=True)
    content_hash = fields.String(required=True)
    material = fields.Boolean(required=True)
    languages = fields.List(fields.String(), required=True)


class DocumentListView(Schema):
    """Every document in force."""

    documents = fields.List(fields.Nested(DocumentSummaryView), required=True)


class DocumentVersionView(Schema):
    """A version, in the language asked for."""

    version = fields.Integer(required=True)
    effective_from = fields.DateTime(required=True)
    content_hash = fields.String(required=True)
    material = fields.Boolean(required=True)


class DocumentView(Schema):
    """A version to read: `html` is sanitised and starts at h2; `versions` newest first."""

    slug = fields.String(required=True)
    title = fields.String(required=True)
    summary = fields.String(required=True)
    version = fields.Integer(required=True)
    effective_from = fields.DateTime(required=True)
    content_hash = fields.String(required=True)
    material = fields.Boolean(required=True)
    language = fields.String(required=True)
    html = fields.String(required=True)
    versions = fields.List(fields.Nested(DocumentVersionView), required=True)
