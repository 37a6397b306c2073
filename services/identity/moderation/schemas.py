"""What the staff addresses take and give."""

from marshmallow import Schema, fields, validate

from services.identity.credentials.schemas import SECRET

REASON = validate.And(
    validate.Length(min=5, max=1000), validate.Regexp(r".*\S", error="A reason is needed.")
)


class SearchBody(Schema):
    """The identifier looked for: in the body, so that it is in no address and no log."""

    identifier = fields.String(required=True, validate=validate.Length(min=1, max=200))


class ReasonBody(Schema):
    """Why: kept, and told to the person."""

    reason = fields.String(required=True, validate=REASON)


class StaffAccountView(Schema):
    """An account, as staff see it: no datum of the profile."""

    account_id = fields.UUID(required=True)
    identifier = fields.String(required=True)
    state = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    created_at = fields.DateTime(required=True)
    last_seen_at = fields.DateTime(required=True, allow_none=True)
    limited_at = fields.DateTime(required=True, allow_none=True)


class ResetTokenView(Schema):
    """The token that a second member of staff must type."""

    token = fields.String(required=True)


class ResetTokenBody(Schema):
    """The token that a first member of staff was given."""

    token = fields.String(required=True, validate=SECRET)


class ModeratedView(Schema):
    """Which account it was."""

    account_id = fields.UUID(required=True)
