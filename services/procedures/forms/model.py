"""A form as defined: pages of typed fields."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from authority.text import Text


class FieldType(StrEnum):
    """What a field asks for; `heading` and `information` ask for nothing."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DATE = "date"
    EMAIL = "email"
    PHONE = "phone"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    COMMUNE = "commune"
    POSTAL_CODE = "postal_code"
    HEADING = "heading"
    INFORMATION = "information"


SILENT_TYPES = frozenset({FieldType.HEADING, FieldType.INFORMATION})
TODAY = "today"

# data of the account that may prefill a field (ACC-05)
PREFILL_NAMES = (
    "civility",
    "family_name",
    "given_name",
    "birth_date",
    "email",
    "phone",
    "street_address",
    "address_complement",
    "postal_code",
    "city",
    "commune",
)
# HTML autofill names that the forms use (WCAG 1.3.5)
AUTOCOMPLETE_NAMES = (
    "honorific-prefix",
    "family-name",
    "given-name",
    "bday",
    "email",
    "tel",
    "street-address",
    "address-line1",
    "address-line2",
    "address-level2",
    "postal-code",
    "organization",
    "organization-title",
)

DEFAULT_LENGTHS = {
    FieldType.TEXT: 200,
    FieldType.LONG_TEXT: 4000,
    FieldType.EMAIL: 254,
    FieldType.PHONE: 30,
}


@dataclass(frozen=True)
class Option:
    """One of the answers of a `choice` or `choices` field; `value` is what is stored."""

    value: str
    label: Text


@dataclass(frozen=True)
class FormField:
    """A field. `min` and `max` bound integers (numbers) and dates (ISO day or `today`)."""

    id: str
    type: FieldType
    label: Text
    help: Text | None = None
    required: bool = False
    options: tuple[Option, ...] = ()
    min: int | str | None = None
    max: int | str | None = None
    max_length: int | None = None
    autocomplete: str | None = None
    inputmode: str | None = None
    text: Text | None = None
    prefill: str | None = None
    ask: Text | None = None

    @property
    def asks(self) -> bool:
        """Say whether a person answers it."""
        return self.type not in SILENT_TYPES

    @property
    def length_limit(self) -> int | None:
        """Return how many characters an answer may have, for the types that are free text."""
        return self.max_length or DEFAULT_LENGTHS.get(self.type)


@dataclass(frozen=True)
class FormPage:
    """A step of the form."""

    id: str
    title: Text
    intro: Text | None
    fields: tuple[FormField, ...]

    @property
    def questions(self) -> tuple[FormField, ...]:
        """Return the fields that a person answers, in order."""
        return tuple(field for field in self.fields if field.asks)


@dataclass(frozen=True)
class Form:
    """The pages of a form, in order; field ids are unique in the whole form."""

    pages: tuple[FormPage, ...] = field(default=())

    def find_page(self, page_id: str) -> FormPage | None:
        """Return the page of that id."""
        return next((page for page in self.pages if page.id == page_id), None)

    def questions(self) -> Iterator[tuple[FormPage, FormField]]:
        """Yield every field that a person answers, with its page."""
        for page in self.pages:
            for question in page.questions:
                yield page, question
