"""What the feedback address takes and gives."""

from marshmallow import Schema, fields, validate

from services.legal.documents.schemas import LANGUAGE

# these go into mail headers and short lines: no control character of any kind
LINE = validate.Regexp(r"[^\x00-\x1f\x7f\u0085\u2028\u2029]*\Z", error="Must be one line.")


def _check_email(address: str) -> None:
    if address:
        validate.Email()(address)


class FeedbackBody(Schema):
    """A message to the webmaster; `form_token` was signed by the gateway with the form."""

    form_token = fields.String(required=True, validate=validate.Length(min=1, max=2000))
    language = fields.String(required=True, validate=LANGUAGE)
    subject = fields.String(required=True, validate=[LINE, validate.Length(min=1, max=150)])
    message = fields.String(required=True, validate=validate.Length(min=1, max=5000))
    name = fields.String(load_default="", validate=[LINE, validate.Length(max=150)])
    email = fields.String(load_default="", validate=[LINE, validate.Length(max=254), _check_email])
    page = fields.String(load_default="", validate=[LINE, validate.Length(max=300)])


class FeedbackView(Schema):
    """A message kept; `reference` may be quoted."""

    reference = fields.UUID(required=True)
    received_at = fields.DateTime(required=True)
    acknowledged_by_mail = fields.Boolean(required=True)
