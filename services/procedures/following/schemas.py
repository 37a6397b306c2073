"""What the addresses of a filed request take and give."""

from marshmallow import Schema, fields, validate

from services.procedures.messages.model import MAX_TEXT
from services.procedures.requests.schemas import TEXT

REVISION = validate.Range(0, 2**31 - 2)


def written_text(limit: int = MAX_TEXT) -> fields.String:
    """Return a field for a text that is not only blanks."""
    return fields.String(
        required=True, validate=[validate.Length(1, limit), validate.Regexp(r"(?s).*\S")]
    )


class RequestMessageBody(Schema):
    """A message; `id` is a UUIDv7 made by the caller, `files` were joined before."""

    id = fields.UUID(required=True)
    text = written_text()
    files = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=10))


class CorrectionBody(Schema):
    """The answer to a correction: asked fields only, and the revision seen."""

    revision = fields.Integer(required=True, strict=True, validate=REVISION)
    answers = fields.Dict(keys=fields.String(validate=TEXT), values=fields.Raw(), required=True)


class WithdrawalBody(Schema):
    """The person withdraws the request, as it was at this revision."""

    revision = fields.Integer(required=True, strict=True, validate=REVISION)


class FollowingView(Schema):
    """The life of a filed request, for its owner."""

    id = fields.UUID()
    number = fields.String()
    state = fields.String()
    state_label = fields.String()
    revision = fields.Integer()
    steps = fields.List(fields.Dict())
    readings = fields.List(fields.Dict())
    messages = fields.List(fields.Dict())
    correction = fields.Dict(allow_none=True)
    delay = fields.Dict()
    implicit_decision = fields.Dict(allow_none=True)
    erase_on = fields.Date(allow_none=True)
    actions = fields.List(fields.String())
