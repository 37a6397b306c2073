"""What the address of a renewed acceptance takes."""

from marshmallow import Schema, fields, validate


class TermsBody(Schema):
    """Legal's receipt for terms accepted since the draft was begun."""

    terms_receipt = fields.String(required=True, validate=validate.Length(max=4000))
