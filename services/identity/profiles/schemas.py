"""What the profile addresses take and give."""

from marshmallow import Schema, fields, validate


class ProfileBody(Schema):
    """Data to keep, by name; an empty one is erased."""

    fields_ = fields.Dict(
        required=True,
        data_key="fields",
        attribute="fields",
        keys=fields.String(validate=validate.Length(max=40)),
        values=fields.String(validate=validate.Length(max=1000)),
        validate=validate.Length(min=1, max=40),
    )


class FieldView(Schema):
    """A datum that is kept."""

    name = fields.String(required=True)
    value = fields.String(required=True)
    updated_at = fields.DateTime(required=True)


class ProfileView(Schema):
    """What is kept, and the names of what may be."""

    fields_ = fields.List(fields.Nested(FieldView), required=True, data_key="fields")
    names = fields.List(fields.String(), required=True)


class PrefillQuery(Schema):
    """The binding names that a form uses, with commas."""

    names = fields.String(required=True, validate=validate.Length(min=1, max=1000))


class PrefillView(Schema):
    """The data that are kept, by binding name."""

    values = fields.Dict(required=True)


class FavouritesView(Schema):
    """Pinned procedures, the last pinned first."""

    procedures = fields.List(fields.String(), required=True)
