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
    DECIMAL = "decimal"
    MONEY = "money"
    TIME = "time"
    DATE_RANGE = "date_range"
    LINKED_CHOICE = "linked_choice"
    CIVIL_STATUS = "civil_status"
    PERSON = "person"
    BIRTH = "birth"
    ADDRESS = "address"
    SIRET = "siret"
    RNA = "rna"
    IBAN = "iban"
    LICENCE_PLATE = "licence_plate"
    SIGNATURE = "signature"
    MAP_POINT = "map_point"
    GROUP = "group"
    COMPUTED = "computed"
    FILES = "files"
    HEADING = "heading"
    INFORMATION = "information"


# nobody types an answer to them; a computed value is found, not asked
SILENT_TYPES = frozenset({FieldType.HEADING, FieldType.INFORMATION, FieldType.FILES})
COMPOSITE_TYPES = frozenset(
    {
        FieldType.DATE_RANGE,
        FieldType.CIVIL_STATUS,
        FieldType.PERSON,
        FieldType.BIRTH,
        FieldType.ADDRESS,
        FieldType.MAP_POINT,
    }
)
TODAY = "today"
MAX_ITEMS = 20

# data of the account that may prefill a field (ACC-05)
PREFILL_NAMES = (
    # a composite whose parts are the account's own
    "account",
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
    FieldType.SIRET: 20,
    FieldType.RNA: 15,
    FieldType.IBAN: 50,
    FieldType.LICENCE_PLATE: 15,
    FieldType.SIGNATURE: 200,
}


@dataclass(frozen=True)
class Option:
    """One of the answers of a choice; `value` is what is stored.

    `goes_with` are the answers of the followed field with which a linked choice offers it.
    """

    value: str
    label: Text
    goes_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormField:
    """A field.

    `min` and `max` bound numbers, amounts (in euros), dates (ISO day or `today`) and the items of a
    group. `show` and `require` are conditions, `value` the expression of a computed field, whose
    `result` is the type that it is shown as. `follows` is the field that a linked choice is about.
    `fields` are those of a group, `item_label` names one of its items. `local` asks for a commune
    of the authority in an address. `document` is the one that a `files` field stands for.
    """

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
    show: str | None = None
    require: str | None = None
    value: str | None = None
    result: FieldType | None = None
    follows: str | None = None
    fields: "tuple[FormField, ...]" = ()
    item_label: Text | None = None
    local: bool = False
    decimals: int = 2
    document: str | None = None

    @property
    def asks(self) -> bool:
        """Say whether it has an answer, typed or computed."""
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
    show: str | None = None

    @property
    def questions(self) -> tuple[FormField, ...]:
        """Return the fields that have an answer, typed or computed, in order."""
        return tuple(field for field in self.fields if field.asks)

    @property
    def asked(self) -> tuple[FormField, ...]:
        """Return the fields that a person answers."""
        return tuple(field for field in self.questions if field.type is not FieldType.COMPUTED)


@dataclass(frozen=True, eq=False)
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


NO_FORM = Form()
