"""What the draft addresses take and give."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from authority.text import LANGUAGES
from services.legal.documents.model import (
    EDITORIAL,
    MATERIAL,
    SLUG,
    DocumentText,
)
from services.legal.documents.schemas import (
    LANGUAGE,
    REASON,
    VERSION,
    ChangedBlockView,
    LanguageQuery,
)
from services.legal.drafts.model import DraftContent

CHANGE = validate.OneOf([MATERIAL, EDITORIAL])
# what is typed is kept, faults included: only the size is bounded here
TYPED = validate.Length(max=1000)
TYPED_TEXT = validate.Length(max=200_000)


class NewDraftBody(Schema):
    """A draft to begin; `id` is chosen by the caller, so that repeating begins once."""

    id = fields.UUID(required=True)
    slug = fields.String(required=True, validate=validate.Regexp(SLUG.pattern + r"\Z"))


class TextBody(Schema):
    """One language, as typed."""

    title = fields.String(required=True, validate=TYPED)
    summary = fields.String(required=True, validate=TYPED)
    markdown = fields.String(required=True, validate=TYPED_TEXT)


class RevisionBody(Schema):
    """The revision on which the person acts; another one is refused."""

    revision = fields.Integer(required=True, strict=True, validate=VERSION)


class RefusalBody(RevisionBody):
    """Why a draft is sent back."""

    reason = fields.String(required=True, validate=REASON)


class DraftBody(RevisionBody):
    """A draft as typed. `effective_from` null: in force as soon as it is approved."""

    based_on = fields.Integer(required=True, strict=True, validate=VERSION)
    change = fields.String(required=True, validate=CHANGE)
    effective_from = fields.AwareDateTime(required=True, allow_none=True, format="iso")
    fr = fields.Nested(TextBody, required=True)
    en = fields.Nested(TextBody, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """Build the content; line ends of browsers become plain ones."""
        texts = {language: _text(language, data[language]) for language in LANGUAGES}
        content = DraftContent(data["change"], data["effective_from"], texts)
        return {"revision": data["revision"], "based_on": data["based_on"], "content": content}


def _text(language: str, typed: Mapping[str, str]) -> DocumentText:
    words = {name: value.replace("\r\n", "\n").strip() for name, value in typed.items()}
    return DocumentText(language, words["title"], words["summary"], words["markdown"])


class DraftListQuery(Schema):
    """A page of the open drafts: those below the id `before`."""

    before = fields.UUID(load_default=None)
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=100))


class DraftDifferenceQuery(LanguageQuery):
    """The language to compare."""


class DraftTextView(TextBody):
    """One language: as typed, and `html` as it would be shown."""

    language = fields.String(required=True, validate=LANGUAGE)
    html = fields.String(required=True)


class DraftFaultView(Schema):
    """What stops a publication; `line` counts from 1 in the Markdown."""

    code = fields.String(required=True)
    language = fields.String(required=True)
    field = fields.String(required=True)
    line = fields.Integer(required=True)
    found = fields.String(required=True)


class DraftSummaryView(Schema):
    """A draft in the list; `version` once it was approved."""

    id = fields.UUID(required=True)
    slug = fields.String(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True)
    change = fields.String(required=True)
    effective_from = fields.DateTime(required=True, allow_none=True)
    based_on = fields.Integer(required=True)
    writers = fields.List(fields.UUID(), required=True)
    approver = fields.UUID(required=True, allow_none=True)
    version = fields.Integer(required=True, allow_none=True)
    refusal = fields.String(required=True)
    revision = fields.Integer(required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class DraftListView(Schema):
    """The open drafts, latest first; `next_before` asks for the next page, null at the end."""

    drafts = fields.List(fields.Nested(DraftSummaryView), required=True)
    next_before = fields.UUID(required=True, allow_none=True)


class DraftView(DraftSummaryView):
    """A draft to edit or to approve: texts, preview, faults."""

    texts = fields.List(fields.Nested(DraftTextView), required=True)
    faults = fields.List(fields.Nested(DraftFaultView), required=True)


class DraftDifferenceView(Schema):
    """What the draft changes in the version that it is based on."""

    words_added = fields.Integer(required=True)
    words_removed = fields.Integer(required=True)
    html = fields.String(required=True)
    blocks = fields.List(fields.Nested(ChangedBlockView), required=True)
