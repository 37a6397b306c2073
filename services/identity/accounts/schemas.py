"""What the account addresses give."""

from marshmallow import Schema, fields


class AccountView(Schema):
    """An account, as its owner sees it."""

    account_id = fields.UUID(required=True)
    identifier = fields.String(required=True)
    display_name = fields.String(required=True)
    email = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
