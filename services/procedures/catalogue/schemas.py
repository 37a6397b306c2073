"""What the catalogue's addresses take and give."""

from marshmallow import Schema, fields, validate

LANGUAGE = validate.OneOf(["fr", "en"])
NAME = validate.Length(max=100)


class ProcedureQuery(Schema):
    """The language of the page."""

    language = fields.String(load_default="fr", validate=LANGUAGE)


class DetailQuery(ProcedureQuery):
    """The language, and the version when it is not the one in force."""

    version = fields.Integer(load_default=None, validate=validate.Range(min=1, max=2**31 - 1))


class ProceduresQuery(ProcedureQuery):
    """A search and two filters, each optional."""

    q = fields.String(load_default="", validate=validate.Length(max=1000))
    theme = fields.String(load_default="", validate=NAME)
    audience = fields.String(load_default="", validate=NAME)


class TermView(Schema):
    """A theme or an audience."""

    id = fields.String(required=True)
    label = fields.String(required=True)


class CountedTermView(TermView):
    """And how many procedures it has under the other filters."""

    count = fields.Integer(required=True)


class AvailabilityView(Schema):
    """Whether it is open today, and in words; the window is the present, next or past one."""

    state = fields.String(
        required=True, validate=validate.OneOf(["open", "not-yet-open", "closed", "suspended"])
    )
    opens_on = fields.Date(required=True, allow_none=True)
    closes_on = fields.Date(required=True, allow_none=True)
    closed_since = fields.Date(required=True, allow_none=True)
    suspended_since = fields.Date(required=True, allow_none=True)
    suspended_until = fields.Date(required=True, allow_none=True)
    message = fields.String(required=True, allow_none=True)


class SummaryView(Schema):
    """A procedure in a list; `theme` is the first of `themes`."""

    id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(["internal", "payment", "partner"]))
    title = fields.String(required=True)
    purpose = fields.String(required=True)
    theme = fields.Nested(TermView, required=True, allow_none=True)
    themes = fields.List(fields.Nested(TermView), required=True)
    audiences = fields.List(fields.Nested(TermView), required=True)
    cost = fields.String(required=True)
    delay = fields.String(required=True)
    availability = fields.Nested(AvailabilityView, required=True)


class ListingView(Schema):
    """The list; `suggestion` is the query as it was perhaps meant."""

    procedures = fields.List(fields.Nested(SummaryView), required=True)
    themes = fields.List(fields.Nested(CountedTermView), required=True)
    audiences = fields.List(fields.Nested(CountedTermView), required=True)
    suggestion = fields.String(required=True, allow_none=True)


class DetailView(SummaryView):
    """The whole page of a procedure; see docs/procedure-definitions.md."""

    version = fields.Integer(required=True)
    content_hash = fields.String(required=True)
    description_html = fields.String(required=True, allow_none=True)
    documents = fields.List(fields.Dict(), required=True)
    service = fields.Dict(required=True)
    implicit_decision = fields.Dict(required=True, allow_none=True)
    traditional = fields.Dict(required=True)
    personal_data = fields.Dict(required=True)
    partner = fields.Dict(required=True, allow_none=True)
    payment = fields.Dict(required=True, allow_none=True)
    fee = fields.Dict(required=True, allow_none=True)
    form = fields.Dict(required=True, allow_none=True)
