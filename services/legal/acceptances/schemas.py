"""What the acceptance addresses take and give."""

from marshmallow import Schema, fields, validate

from services.legal.acceptances.model import ACCEPTED_DOCUMENTS, SUBJECT_KINDS
from services.legal.documents.schemas import LANGUAGE, VERSION, LanguageQuery

SHA256 = validate.Regexp(r"^[0-9a-f]{64}\Z")


class AcceptanceBody(Schema):
    """What the person was shown and accepted. `page` is the address where, without its query."""

    subject_kind = fields.String(required=True, validate=validate.OneOf(SUBJECT_KINDS))
    subject_id = fields.UUID(required=True)
    document = fields.String(required=True, validate=validate.OneOf(ACCEPTED_DOCUMENTS))
    version = fields.Integer(required=True, strict=True, validate=VERSION)
    content_hash = fields.String(required=True, validate=SHA256)
    language = fields.String(required=True, validate=LANGUAGE)
    page = fields.String(required=True, validate=validate.Length(min=1, max=300))


class AcceptanceView(Schema):
    """A recorded acceptance; `receipt` is a compact JWT (typ acceptance+jwt) for procedures."""

    acceptance_id = fields.UUID(required=True)
    accepted_at = fields.DateTime(required=True)
    receipt = fields.String(required=True)


class DueQuery(LanguageQuery):
    """Which document, in which language it would be shown."""

    document = fields.String(
        load_default=ACCEPTED_DOCUMENTS[0], validate=validate.OneOf(ACCEPTED_DOCUMENTS)
    )


class EvidenceView(Schema):
    """An acceptance as it is kept: which text (hash), when, how (page, language)."""

    acceptance_id = fields.UUID(required=True)
    document = fields.String(required=True)
    version = fields.Integer(required=True)
    language = fields.String(required=True)
    content_hash = fields.String(required=True)
    page = fields.String(required=True)
    accepted_at = fields.DateTime(required=True)


class DueView(Schema):
    """`due`: ask for the version in force, showing what changed since `last_accepted`."""

    due = fields.Boolean(required=True)
    document = fields.String(required=True)
    title = fields.String(required=True)
    version = fields.Integer(required=True)
    content_hash = fields.String(required=True)
    effective_from = fields.DateTime(required=True)
    material = fields.Boolean(required=True)
    last_accepted = fields.Nested(EvidenceView, required=True, allow_none=True)
    withdrawn_at = fields.DateTime(required=True, allow_none=True)


class ReceiptBody(Schema):
    """The request that an account holder begins."""

    request_id = fields.UUID(required=True)
    document = fields.String(required=True, validate=validate.OneOf(ACCEPTED_DOCUMENTS))


class WithdrawalBody(Schema):
    """Which acceptance is taken back, and how."""

    document = fields.String(required=True, validate=validate.OneOf(ACCEPTED_DOCUMENTS))
    language = fields.String(required=True, validate=LANGUAGE)
    page = fields.String(required=True, validate=validate.Length(min=1, max=300))


class WithdrawalView(Schema):
    """A recorded withdrawal."""

    withdrawal_id = fields.UUID(required=True)
    withdrawn_at = fields.DateTime(required=True)


class PastWithdrawalView(WithdrawalBody):
    """A withdrawal in the list of an account's evidence."""

    withdrawn_at = fields.DateTime(required=True)


class EvidenceListView(Schema):
    """All the evidence about one account."""

    acceptances = fields.List(fields.Nested(EvidenceView), required=True)
    withdrawals = fields.List(fields.Nested(PastWithdrawalView), required=True)
