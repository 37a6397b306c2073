"""What the addresses of payments take and give."""

from marshmallow import Schema, fields, validate

from services.procedures.payments.model import AttemptState

LANGUAGE = validate.OneOf(["fr", "en"])
KEY = validate.Length(min=22, max=200)
TEXT = validate.Length(max=200)
FILE = validate.Length(max=900_000)
ID = validate.Regexp(r"\A[a-z0-9-]{1,100}\Z")


class LanguageQuery(Schema):
    """The language of labels and messages."""

    language = fields.String(load_default="fr", validate=LANGUAGE)


class PaymentsQuery(LanguageQuery):
    """A page of payments: those before an id."""

    before = fields.UUID(load_default=None)


class NewPaymentBody(Schema):
    """A payment to open; `id` is a UUIDv7 made by the caller, `access_key` its payer's secret."""

    id = fields.UUID(required=True)
    access_key = fields.String(required=True, validate=KEY)
    language = fields.String(load_default="fr", validate=LANGUAGE)
    email = fields.String(load_default="", validate=TEXT)


class BillBody(NewPaymentBody):
    """A bill as its payer typed it: its faults are told field by field."""

    procedure = fields.String(required=True, validate=ID)
    reference = fields.String(load_default="", validate=TEXT)
    amount = fields.String(load_default="", validate=TEXT)
    exer = fields.String(load_default="", validate=TEXT)
    terms_receipt = fields.String(required=True, validate=validate.Length(max=4000))


class PaymentView(Schema):
    """A payment, as its payer sees it."""

    id = fields.UUID()
    procedure = fields.Dict()
    reference = fields.String()
    exer = fields.String()
    amount_cents = fields.Integer()
    amount = fields.String()
    object = fields.String()
    request_id = fields.UUID(allow_none=True)
    state = fields.String()
    message = fields.String()
    can_start = fields.Boolean()
    created_at = fields.DateTime()
    attempts = fields.List(fields.Dict())


class FeeView(Schema):
    """The fee of a request: due, underway or paid."""

    amount_cents = fields.Integer()
    state = fields.String()
    message = fields.String()


class PaymentsView(Schema):
    """A page of payments, the newest first."""

    payments = fields.List(fields.Nested(PaymentView))


class RedirectionView(Schema):
    """Where to send the payer."""

    redirect_url = fields.Url()
    attempt_id = fields.UUID()


class PaymentMessageBody(Schema):
    """What a browser or the DGFiP's server sent, as it came: names and texts, in their order."""

    pairs = fields.List(
        fields.Tuple((fields.String(validate=TEXT), fields.String(validate=FILE))),
        load_default=list,
        validate=validate.Length(max=200),
    )


class ReturnBody(PaymentMessageBody):
    """A payer who comes back; `token` is in the address."""

    token = fields.String(required=True, validate=TEXT)
    language = fields.String(load_default="fr", validate=LANGUAGE)


class RegieSettingsBody(Schema):
    """The settings of a régie; `revision` is the one that was read, 0 when there were none."""

    numcli = fields.String(required=True, validate=TEXT)
    mode = fields.String(required=True, validate=validate.OneOf(["form", "web_service"]))
    saisie = fields.String(required=True, validate=validate.OneOf(list("TXAMW")))
    account = fields.String(load_default="", validate=TEXT)
    minimum_cents = fields.Integer(required=True, strict=True)
    maximum_cents = fields.Integer(required=True, strict=True)
    active = fields.Boolean(required=True)
    revision = fields.Integer(required=True, strict=True, validate=validate.Range(0, 2**31 - 2))


class BillsFileBody(Schema):
    """A CSV of bills, and the payment procedure that they are paid by."""

    procedure = fields.String(required=True, validate=ID)
    content = fields.String(required=True, validate=FILE)


class DailyFileBody(Schema):
    """A régie's daily file."""

    content = fields.String(required=True, validate=FILE)


class FileReportView(Schema):
    """What became of each line."""

    lines = fields.List(fields.Dict())
    outcomes = fields.Dict()


class RefundBody(Schema):
    """What was decided of a payment in excess; a kept one needs its reason."""

    state = fields.String(required=True, validate=validate.OneOf(["refunded", "kept"]))
    note = fields.String(required=True, validate=validate.Length(min=1, max=1000))


class PaymentAttemptsQuery(Schema):
    """A page of attempts."""

    before = fields.UUID(load_default=None)
    state = fields.String(
        load_default=None, validate=validate.OneOf([str(state) for state in AttemptState])
    )


class CreditsQuery(Schema):
    """A period, both days included."""

    first = fields.Date(required=True)
    last = fields.Date(required=True)


class CashOfficeView(Schema):
    """An object whose members the handler names."""
