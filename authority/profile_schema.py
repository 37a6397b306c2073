"""The shape of profile.yaml and communes.yaml; docs/authority-profile.md explains each field."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from authority import records
from authority.profile_fields import (
    IDENTIFIER,
    INSEE,
    POSTAL_CODE,
    PREFIX,
    SIREN_DIGITS,
    SIRET_DIGITS,
    TELEPHONE,
    Record,
    bilingual,
    colours,
    https_address,
    one_line,
    one_of,
    register_number,
    several_lines,
    time_zone,
    whole_number,
)
from authority.text import LANGUAGES

AT_LEAST_ONE = validate.Length(min=1)


class AddressSchema(Record):
    """The seat."""

    makes = records.Address
    lines = several_lines()
    city = one_line()
    postal_code = one_line(POSTAL_CODE)


class ContactSchema(Record):
    """A contact for one purpose."""

    makes = records.Contact
    name = bilingual()
    email = fields.Email(required=True)
    address_lines = several_lines()
    note = bilingual(required=False)


class HoursSchema(Record):
    """A line of a timetable."""

    makes = records.Hours
    days = bilingual()
    hours = bilingual()


class CounterSchema(Record):
    """A counter."""

    makes: ClassVar[type[Any]] = records.Counter
    id = one_line(IDENTIFIER)
    name = bilingual()
    address_lines = several_lines()
    telephone = one_line(TELEPHONE)
    hours = fields.List(fields.Nested(HoursSchema), required=True, validate=AT_LEAST_ONE)


class ServiceSchema(CounterSchema):
    """A service in charge."""

    makes = records.Service
    email = fields.Email(required=True)
    fax = one_line(TELEPHONE, required=False)


class HostSchema(Record):
    """The host."""

    makes = records.Host
    name = one_line()
    address_lines = several_lines()
    telephone = one_line(TELEPHONE)


class PublicationSchema(Record):
    """The credits."""

    makes = records.Publication
    director = bilingual()
    design = bilingual()
    cms = bilingual()
    host = fields.Nested(HostSchema, required=True)
    photographs = several_lines()


class AccessibilitySchema(Record):
    """The level, the last audit, whom to tell of an obstacle."""

    makes = records.Accessibility
    level = one_of("none", "partial", "full")
    contact = fields.Nested(ContactSchema, required=True)
    audited_on = fields.Date()


class ThemeSchema(Record):
    """The authority's own colours."""

    makes = records.Theme
    light = colours()
    dark = colours()


class RetentionSchema(Record):
    """How long data are kept."""

    makes = records.Retention
    draft_days = whole_number()
    decided_request_months = whole_number()
    inactive_account_months = whole_number()
    access_log_months = whole_number()
    feedback_days = whole_number()
    payment_years = whole_number()
    unpaid_payment_months = whole_number()


class CourtSchema(Record):
    """The competent court."""

    makes = records.Court
    name = bilingual()
    address_lines = several_lines()
    website = https_address()


class CommuneSchema(Record):
    """A member municipality."""

    makes = records.Commune
    insee = one_line(INSEE)
    name = one_line()
    postal_codes = fields.List(one_line(POSTAL_CODE), required=True, validate=AT_LEAST_ONE)


class CommunesSchema(Schema):
    """communes.yaml."""

    communes = fields.List(fields.Nested(CommuneSchema), required=True, validate=AT_LEAST_ONE)

    @validates_schema
    def refuse_doubled(self, data: dict[str, Any], **_options: Any) -> None:
        """A code names one municipality only."""
        _refuse_doubled("communes", data["communes"], "insee")


class ProfileSchema(Schema):
    """profile.yaml."""

    id = one_line(IDENTIFIER)
    short_name = bilingual()
    name = bilingual()
    legal_name = bilingual()
    siren = register_number(SIREN_DIGITS)
    siret = register_number(SIRET_DIGITS)
    seat = fields.Nested(AddressSchema, required=True)
    telephone = one_line(TELEPHONE)
    website = https_address()
    time_zone = time_zone()
    locale = one_of(*LANGUAGES)
    request_number_prefix = one_line(PREFIX)
    webmaster = fields.Nested(ContactSchema, required=True)
    data_protection = fields.Nested(ContactSchema, required=True)
    unauthorised_use = fields.Nested(ContactSchema, required=True)
    publication = fields.Nested(PublicationSchema, required=True)
    accessibility = fields.Nested(AccessibilitySchema, required=True)
    theme = fields.Nested(ThemeSchema, required=True)
    counters = fields.List(fields.Nested(CounterSchema), required=True, validate=AT_LEAST_ONE)
    services = fields.List(fields.Nested(ServiceSchema), required=True, validate=AT_LEAST_ONE)
    retention = fields.Nested(RetentionSchema, required=True)
    court = fields.Nested(CourtSchema, required=True)
    remedies = fields.List(bilingual(), required=True, validate=AT_LEAST_ONE)

    @validates_schema
    def refuse_doubled(self, data: dict[str, Any], **_options: Any) -> None:
        """An id names one counter, or one service, only."""
        for name in ("counters", "services"):
            _refuse_doubled(name, data[name], "id")

    @post_load
    def index(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """Key counters and services by their id."""
        keyed = {name: {one.id: one for one in data[name]} for name in ("counters", "services")}
        return data | keyed | {"remedies": tuple(data["remedies"])}


def _refuse_doubled(name: str, items: Sequence[Any], key: str) -> None:
    seen: set[str] = set()
    doubled: dict[int, Mapping[str, list[str]]] = {}
    for number, item in enumerate(items):
        value = getattr(item, key)
        if value in seen:
            doubled[number] = {key: [f"{value!r} is given twice"]}
        seen.add(value)
    if doubled:
        raise ValidationError({name: doubled})
