"""The shape of a procedure file, and what it loads into: one schema for files and database."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from services.procedures.catalogue import model, periods
from services.procedures.forms.schemas import FormPart, Part, StrictBoolean, bilingual, slug

# they change without making a new version
STATE_KEYS = frozenset({"state", "suspension"})
PAYMENT_PROVIDERS = ("payfip",)
AT_LEAST_ONE = validate.Length(min=1)


def _slugs() -> fields.List[str]:
    return fields.List(slug(), required=True, validate=AT_LEAST_ONE)


def _texts() -> fields.List[Any]:
    return fields.List(bilingual(), required=True, validate=AT_LEAST_ONE)


def _https() -> fields.Url:
    return fields.Url(required=True, schemes={"https"}, error_messages={"invalid": "not https"})


class DurationPart(Part):
    """A delay."""

    makes = periods.Duration
    value = fields.Integer(strict=True, required=True, validate=validate.Range(1, 365))
    unit = fields.Enum(periods.Unit, by_value=True, required=True)


class ImplicitDecisionPart(Part):
    """What silence means."""

    makes = model.ImplicitDecision
    after = fields.Nested(DurationPart, required=True)
    outcome = fields.Enum(model.Outcome, by_value=True, required=True)
    legal_basis = bilingual()
    ends_on_working_day = StrictBoolean(load_default=False)


class DocumentPart(Part):
    """A supporting document."""

    makes = model.DocumentSpec
    id = slug()
    label = bilingual()
    help = bilingual(required=False)
    required = StrictBoolean(load_default=True)
    types = fields.List(
        fields.String(validate=validate.OneOf(list(model.DOCUMENT_TYPES))),
        required=True,
        validate=AT_LEAST_ONE,
    )
    max_megabytes = fields.Integer(strict=True, load_default=5, validate=validate.Range(1, 20))
    max_pages = fields.Integer(strict=True, load_default=100, validate=validate.Range(1, 1000))
    strip_metadata = StrictBoolean(load_default=False)


class TraditionalPart(Part):
    """The ways that are not online: at least one counter and one other way (CAT-03)."""

    makes = model.TraditionalWays
    counters = _slugs()
    ways = fields.List(fields.Enum(model.Way, by_value=True), required=True, validate=AT_LEAST_ONE)


class PersonalDataPart(Part):
    """The notice of GDPR article 13."""

    makes = model.PersonalDataNotice
    purpose = bilingual()
    legal_basis = bilingual()
    recipients = bilingual()
    retention = bilingual()


class PartnerPart(Part):
    """A partner that provides the procedure on its own site."""

    makes = model.PartnerSpec
    name = bilingual()
    url = _https()
    terms_note = bilingual()
    data_shared = fields.List(bilingual(), required=True)


class PaymentPart(Part):
    """A payment on the DGFiP's page."""

    makes = model.PaymentSpec
    provider = fields.String(required=True, validate=validate.OneOf(PAYMENT_PROVIDERS))
    name = bilingual()
    url = _https()
    terms_note = bilingual()
    data_shared = _texts()
    reference_help = bilingual()


class FeePart(Part):
    """What filing costs; the protocol takes from 1 euro, below 100 000 euros."""

    makes = model.FeeSpec
    amount_cents = fields.Integer(
        strict=True, required=True, validate=validate.Range(100, 9_999_999)
    )


class SuspensionPart(Part):
    """Since when, until when if known, and why (CAT-06)."""

    makes = periods.Suspension
    since = fields.Date(required=True)
    until = fields.Date(load_default=None, allow_none=True)
    reason = bilingual()


class OncePart(Part):
    """Open once."""

    makes = periods.OncePeriod
    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")

    @validates_schema
    def check_order(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse an end before the beginning."""
        if data["last"] < data["first"]:
            raise ValidationError({"to": ["must not be before from"]})


class MonthDay(fields.Field[tuple[int, int]]):
    """A day that comes back each year, written MM-DD."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[int, int]:
        try:
            day = date.fromisoformat(f"2024-{value}")
        except ValueError:
            raise ValidationError("must be a day of the year, as 05-31") from None
        return day.month, day.day


class YearlyPart(Part):
    """Open each year."""

    makes = periods.YearlyPeriod
    first = MonthDay(required=True, data_key="from")
    last = MonthDay(required=True, data_key="to")


class PeriodPart(Part):
    """Exactly one of `once` and `yearly`."""

    makes: ClassVar[type] = object
    once = fields.Nested(OncePart)
    yearly = fields.Nested(YearlyPart)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Any:
        """Return the period that was given."""
        if len(data) != 1:
            raise ValidationError("must be either once or yearly")
        return next(iter(data.values()))


class DefinitionPart(Part):
    """A procedure file."""

    makes: ClassVar[type] = dict
    id = slug()
    kind = fields.Enum(model.Kind, by_value=True, required=True)
    title = bilingual()
    purpose = bilingual()
    description = bilingual(required=False)
    themes = _slugs()
    audiences = _slugs()
    keywords = bilingual()
    documents = fields.List(fields.Nested(DocumentPart), required=True)
    delay = fields.Nested(DurationPart, required=True)
    implicit_decision = fields.Nested(ImplicitDecisionPart, load_default=None, allow_none=True)
    cost = bilingual()
    service = slug()
    traditional = fields.Nested(TraditionalPart, required=True)
    period = fields.Nested(PeriodPart, load_default=None, allow_none=True)
    personal_data = fields.Nested(PersonalDataPart, required=True)
    form = fields.Nested(FormPart, load_default=None)
    partner = fields.Nested(PartnerPart, load_default=None)
    payment = fields.Nested(PaymentPart, load_default=None)
    fee = fields.Nested(FeePart, load_default=None)
    retention_months = fields.Integer(
        strict=True, load_default=None, validate=validate.Range(1, 1200)
    )
    replaces_drafts = StrictBoolean(load_default=False)
    state = fields.Enum(model.State, by_value=True, load_default=model.State.PUBLISHED)
    suspension = fields.Nested(SuspensionPart, load_default=None, allow_none=True)

    @validates_schema
    def check_kind(self, data: dict[str, Any], **_: Any) -> None:
        """Each kind has its own part and not the others'; a suspended one says why."""
        own = {"internal": "form", "payment": "payment", "partner": "partner"}[data["kind"]]
        faults = {own: ["is missing"]} if data[own] is None else {}
        for part in ("form", "payment", "partner"):
            if part != own and data[part] is not None:
                faults[part] = [f"means nothing for {data['kind']}"]
        if data["fee"] is not None and data["kind"] is not model.Kind.INTERNAL:
            faults["fee"] = ["goes with an internal procedure"]
        if (data["state"] is model.State.SUSPENDED) != (data["suspension"] is not None):
            faults["suspension"] = ["goes with state: suspended, and only with it"]
        if faults:
            raise ValidationError(faults)


def content_hash(document: Mapping[str, Any]) -> str:
    """Return the hexadecimal SHA-256 of a definition, its state left out, in canonical JSON."""
    content = {key: value for key, value in document.items() if key not in STATE_KEYS}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def load_definition(document: Mapping[str, Any], version: int = 0) -> model.ProcedureDefinition:
    """Build a definition from plain JSON data; marshmallow's ValidationError says every fault."""
    loaded = DefinitionPart().load(dict(document))
    return model.ProcedureDefinition(**loaded, content_hash=content_hash(document), version=version)
