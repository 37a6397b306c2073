"""The data that an account may hold: each chosen, each erasable alone (ACC-04)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from chassis.errors import DomainError

# in the order of the page
FIELDS = (
    "title",
    "family_name",
    "usual_name",
    "given_name",
    "birth_date",
    "birth_place",
    "gender",
    "birth_commune",
    "birth_country",
    "street_address",
    "address_complement",
    "postal_code",
    "city",
    "commune",
    "phone",
)
GENDERS = ("female", "male")
TITLES = ("madame", "monsieur")
# what a form of a procedure may name in `prefill`; the e-mail is the account's (ACC-05)
BINDINGS = (*FIELDS, "email")
NAMES = frozenset({"family_name", "usual_name", "given_name"})


class ProfileRefused(DomainError):
    """Some data are not right; `errors` says which. Nothing was stored."""

    code = "profile-refused"

    def __init__(self, errors: Sequence[dict[str, str]]) -> None:
        super().__init__(errors=list(errors))


class FieldNotFound(DomainError):
    """No such datum."""

    code = "field-not-found"


@dataclass(frozen=True)
class StoredField:
    """A datum as it is kept."""

    name: str
    value: str = field(repr=False)
    updated_at: datetime
