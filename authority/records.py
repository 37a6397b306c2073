"""What an authority says of itself, as frozen records; docs/authority-profile.md explains each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from authority.text import Text

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a letter arrives: the lines to write, and the city and postal code on their own."""

    lines: Lines
    city: str
    postal_code: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to write to for one purpose; `address_lines` is complete, recipient included."""

    name: Text
    email: str
    address_lines: Lines
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """One line of a timetable, in words."""

    days: Text
    hours: Text


@dataclass(frozen=True, slots=True)
class Counter:
    """A place where a person is received without the portal (CAT-03)."""

    id: str
    name: Text
    address_lines: Lines
    telephone: str
    hours: tuple[Hours, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """A service in charge of procedures, with what an acknowledgement must say of it (R112-5)."""

    id: str
    name: Text
    address_lines: Lines
    telephone: str
    email: str
    hours: tuple[Hours, ...]
    fax: str | None = None


@dataclass(frozen=True, slots=True)
class Commune:
    """A member municipality: INSEE code, name, postal codes."""

    insee: str
    name: str
    postal_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Host:
    """Who hosts the portal (LCEN art. 1-1)."""

    name: str
    address_lines: Lines
    telephone: str


@dataclass(frozen=True, slots=True)
class Publication:
    """Credits of the legal notice; `design`, `cms` and `photographs` are the authority's own."""

    director: Text
    design: Text
    cms: Text
    host: Host
    photographs: Lines


@dataclass(frozen=True, slots=True)
class Accessibility:
    """What the home page states (RGAA 4.1): level `none`, `partial` or `full`, last audit."""

    level: str
    contact: Contact
    audited_on: date | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours over the shipped ones: token of tokens.css without dashes -> `#rrggbb`."""

    light: Mapping[str, str]
    dark: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Retention:
    """How long data are kept where a procedure says nothing else; whole days, months or years."""

    draft_days: int
    decided_request_months: int
    inactive_account_months: int
    access_log_months: int
    feedback_days: int
    payment_years: int
    unpaid_payment_months: int


@dataclass(frozen=True, slots=True)
class Court:
    """The court before which a decision may be contested."""

    name: Text
    address_lines: Lines
    website: str


@dataclass(frozen=True)
class AuthorityProfile:
    """One authority. `counters` and `services` are by id, in the order of the file."""

    id: str
    short_name: Text
    name: Text
    legal_name: Text
    seat: Address
    telephone: str
    website: str
    time_zone: str
    locale: str
    request_number_prefix: str
    webmaster: Contact
    data_protection: Contact
    unauthorised_use: Contact
    publication: Publication
    accessibility: Accessibility
    theme: Theme
    counters: Mapping[str, Counter]
    services: Mapping[str, Service]
    retention: Retention
    court: Court
    remedies: tuple[Text, ...]
    communes: tuple[Commune, ...]
    siren: str | None = None
    siret: str | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the authority's days begin and end."""
        return ZoneInfo(self.time_zone)

    def counter(self, name: str) -> Counter:
        """Return a counter by its id; KeyError when there is none."""
        return self.counters[name]

    def service(self, name: str) -> Service:
        """Return a service by its id; KeyError when there is none."""
        return self.services[name]
