"""What the acceptance addresses take and give."""

from marshmallow import Schema, fields, validate

from services.legal.acceptances.model import ACCEPTED_DOCUMENTS, SUBJECT_KINDS
from services.legal.documents.schemas import LANGUAGE, VERSION

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
