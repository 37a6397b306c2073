"""What the addresses of an account take and give."""

from marshmallow import Schema, fields

from services.procedures.following.schemas import FollowingView
from services.procedures.payments.schemas import PaymentView
from services.procedures.requests.schemas import LanguageQuery, RequestView


class HoldingsQuery(LanguageQuery):
    """`after` is the `next` of the page before."""

    after = fields.UUID(load_default=None)


class HeldRequestView(Schema):
    """A request in the list of its account."""

    id = fields.UUID(required=True)
    procedure = fields.Dict(required=True)
    state = fields.String(required=True)
    state_label = fields.String(required=True)
    number = fields.String(required=True, allow_none=True)
    filed_at = fields.DateTime(required=True, allow_none=True)
    updated_at = fields.DateTime(required=True)
    due_on = fields.Date(required=True, allow_none=True)


class HeldRequestsView(Schema):
    """A page of the list, newest first; `next` is None on the last one."""

    requests = fields.List(fields.Nested(HeldRequestView), required=True)
    next = fields.UUID(required=True, allow_none=True)


class CopiedRequestView(RequestView):
    """A request in a copy; `life` is None for a draft."""

    life = fields.Nested(FollowingView, required=True, allow_none=True)


class HoldingsDataView(Schema):
    """Everything that the service holds for an account, but the bytes of its files."""

    requests = fields.List(fields.Nested(CopiedRequestView), required=True)
    payments = fields.List(fields.Nested(PaymentView), required=True)


class ErasureView(Schema):
    """What giving up the account's data did."""

    deleted_drafts = fields.Integer(required=True)
    detached_requests = fields.Integer(required=True)
