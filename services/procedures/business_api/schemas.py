"""What the addresses of business applications take and give."""

from marshmallow import Schema, fields, validate

from services.procedures.business_api.model import MAX_DAYS, Scope
from services.procedures.desk.schemas import STATES, Cursor
from services.procedures.following.schemas import REVISION, written_text
from services.procedures.lifecycle.model import RULES, Actor
from services.procedures.messages.model import MAX_TEXT
from services.procedures.requests.schemas import LANGUAGE, TEXT

ACTIONS = [str(action) for action, rule in RULES.items() if Actor.BUSINESS in rule.actors]


class TokenBody(Schema):
    """A token to give; with an `id` (UUIDv7) of the caller's it is given once."""

    id = fields.UUID(load_default=None)
    name = written_text(100)
    service = fields.String(required=True, validate=TEXT)
    scopes = fields.List(
        fields.Enum(Scope, by_value=True), required=True, validate=validate.Length(1, 3)
    )
    days = fields.Integer(required=True, strict=True, validate=validate.Range(1, MAX_DAYS))


class BusinessQuery(Schema):
    """Which requests: those of one state, or all the open ones, from the oldest."""

    language = fields.String(load_default="fr", validate=LANGUAGE)
    state = fields.String(load_default=None, validate=validate.OneOf(STATES))
    procedure = fields.String(load_default=None, validate=TEXT)
    after = Cursor(load_default=None)
    count = fields.Integer(load_default=50, validate=validate.Range(1, 100))


class BusinessActionBody(Schema):
    """A change of state, of the request as it was at `revision`."""

    action = fields.String(required=True, validate=validate.OneOf(ACTIONS))
    revision = fields.Integer(required=True, strict=True, validate=REVISION)
    reason = fields.String(load_default="", validate=validate.Length(max=MAX_TEXT))


class TokenView(Schema):
    """A token just given; `token` is shown this once."""

    id = fields.UUID()
    token = fields.String()
    expires_at = fields.DateTime()


class TokensView(Schema):
    """Tokens given, and the journal of rights."""

    tokens = fields.List(fields.Dict())
    journal = fields.List(fields.Dict())
