"""What the document addresses take and give."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

LANGUAGE = validate.OneOf(["fr", "en"])
VERSION = validate.Range(min=1, max=2**31 - 1)
POSITION = validate.Range(min=1, max=2**63 - 1)
REASON = validate.Length(min=1, max=500)


class LanguageQuery(Schema):
    """The language of the text."""

    language = fields.String(load_default="fr", validate=LANGUAGE)


class DocumentQuery(LanguageQuery):
    """The language; a version or a day (YYYY-MM-DD) when it is not the one in force now."""

    version = fields.Integer(load_default=None, validate=VERSION)
    at = fields.Date(load_default=None, format="iso")

    @validates_schema
    def check_one(self, data: dict[str, Any], **_options: Any) -> None:
        """Refuse a version and a day together."""
        if data["version"] is not None and data["at"] is not None:
            raise ValidationError("Give a version or a day, not both.", "at")


class DifferenceQuery(LanguageQuery):
    """Two versions to compare, in any order."""

    former = fields.Integer(required=True, validate=VERSION)
    latter = fields.Integer(required=True, validate=VERSION)


class HistoryQuery(Schema):
    """A page of the history: entries below `before`, `limit` of them."""

    before = fields.Integer(load_default=2**63 - 1, validate=POSITION)
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=200))


class CancellationBody(Schema):
    """Why a version is cancelled, in the words of whoever does it."""

    reason = fields.String(required=True, validate=REASON)


class DocumentVersionView(Schema):
    """A version, in the language asked for; `effective_until` is null while it is in force.

    `material`: this amendment asks for acceptance again.
    """

    version = fields.Integer(required=True)
    effective_from = fields.DateTime(required=True)
    effective_until = fields.DateTime(required=True, allow_none=True)
    content_hash = fields.String(required=True)
    material = fields.Boolean(required=True)


class DocumentSummaryView(DocumentVersionView):
    """A document in force."""

    slug = fields.String(required=True)
    title = fields.String(required=True)
    summary = fields.String(required=True)
    languages = fields.List(fields.String(), required=True)


class DocumentListView(Schema):
    """Every document in force; this answer holds until `next_change_at` at the latest."""

    documents = fields.List(fields.Nested(DocumentSummaryView), required=True)
    next_change_at = fields.DateTime(required=True, allow_none=True)


class DocumentView(DocumentVersionView):
    """A version to read: `html` is sanitised and starts at h2; `versions` newest first.

    `acceptance_floor`: whoever accepted this version or a later one is not asked again. The answer
    holds until `next_change_at` at the latest.
    """

    slug = fields.String(required=True)
    title = fields.String(required=True)
    summary = fields.String(required=True)
    language = fields.String(required=True)
    html = fields.String(required=True)
    versions = fields.List(fields.Nested(DocumentVersionView), required=True)
    current_version = fields.Integer(required=True)
    acceptance_floor = fields.Integer(required=True)
    next_change_at = fields.DateTime(required=True, allow_none=True)


class PartView(Schema):
    """A run of words: same, added or removed."""

    operation = fields.String(required=True)
    text = fields.String(required=True)


class ChangedBlockView(Schema):
    """A title, heading, paragraph, list item, table row: same, added, removed or changed."""

    operation = fields.String(required=True)
    kind = fields.String(required=True)
    parts = fields.List(fields.Nested(PartView), required=True)


class DifferenceView(Schema):
    """What changes from one version to another; `html` shows the changed parts, from h3."""

    slug = fields.String(required=True)
    title = fields.String(required=True)
    language = fields.String(required=True)
    former = fields.Nested(DocumentVersionView, required=True)
    latter = fields.Nested(DocumentVersionView, required=True)
    words_added = fields.Integer(required=True)
    words_removed = fields.Integer(required=True)
    html = fields.String(required=True)
    blocks = fields.List(fields.Nested(ChangedBlockView), required=True)


class StaffVersionView(Schema):
    """A version and where it stands: scheduled, in-force, superseded or cancelled."""

    version = fields.Integer(required=True)
    state = fields.String(required=True)
    effective_from = fields.DateTime(required=True)
    material = fields.Boolean(required=True)
    cancelled_at = fields.DateTime(required=True, allow_none=True)


class StaffVersionsView(Schema):
    """Every version, newest first."""

    versions = fields.List(fields.Nested(StaffVersionView), required=True)


class HistoryEntryView(Schema):
    """Who (`actor`: seed, or account and its id) did what (`action`) to what (`subject`)."""

    position = fields.Integer(required=True)
    at = fields.DateTime(required=True)
    actor = fields.String(required=True)
    action = fields.String(required=True)
    subject = fields.String(required=True)
    detail = fields.Dict(required=True)


class HistoryView(Schema):
    """A page of the history; `next_before` asks for the next one, null at the end."""

    entries = fields.List(fields.Nested(HistoryEntryView), required=True)
    next_before = fields.Integer(required=True, allow_none=True)
