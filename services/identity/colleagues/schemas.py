"""What the addresses of colleagues take and give."""

from marshmallow import Schema, fields, validate


class ColleaguesQuery(Schema):
    """Whose colleagues: those of one service of the authority."""

    service = fields.String(required=True, validate=validate.Length(1, 100))


class ColleagueView(Schema):
    """A member of staff, as the others of the service see them."""

    account_id = fields.UUID(required=True)
    name = fields.String(required=True)
    supervisor = fields.Boolean(required=True)


class ColleaguesView(Schema):
    """The staff of a service, by name."""

    colleagues = fields.List(fields.Nested(ColleagueView), required=True)


class StaffAddressView(Schema):
    """Where a member of staff is written to, and the roles held now."""

    email = fields.String(required=True)
    language = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
