"""What the addresses of partners give."""

from marshmallow import Schema, fields


class TargetView(Schema):
    """Where a procedure leads, and whether its site answers."""

    procedure = fields.String()
    name = fields.String()
    url = fields.Url()
    terms_note = fields.String()
    data_shared = fields.List(fields.String())
    state = fields.String()
    since = fields.DateTime(allow_none=True)
