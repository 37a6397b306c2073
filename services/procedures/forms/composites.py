"""What the composite types are made of: each part is a field of a simple type."""

from dataclasses import replace
from functools import lru_cache

from authority.text import Text
from services.procedures.forms.model import TODAY, FieldType, FormField, Option

CIVILITIES = (
    Option("mme", Text("Madame", "Ms")),
    Option("m", Text("Monsieur", "Mr")),
)
FAMILY_NAME = FormField(
    "family_name",
    FieldType.TEXT,
    Text("Nom", "Family name"),
    required=True,
    max_length=100,
    autocomplete="family-name",
    prefill="family_name",
    ask=Text("Indiquez le nom.", "Enter the family name."),
)
GIVEN_NAME = FormField(
    "given_name",
    FieldType.TEXT,
    Text("Prénom", "First name"),
    required=True,
    max_length=100,
    autocomplete="given-name",
    prefill="given_name",
    ask=Text("Indiquez le prénom.", "Enter the first name."),
)
BIRTH_DATE = FormField(
    "date",
    FieldType.DATE,
    Text("Date de naissance", "Date of birth"),
    required=True,
    min="1900-01-01",
    max=TODAY,
    autocomplete="bday",
    prefill="birth_date",
    ask=Text("Indiquez la date de naissance.", "Enter the date of birth."),
)
STREET = FormField(
    "street",
    FieldType.TEXT,
    Text("Numéro et rue", "Number and street"),
    required=True,
    autocomplete="address-line1",
    prefill="street_address",
    ask=Text("Indiquez le numéro et la rue.", "Enter the number and street."),
)
COMPLEMENT = FormField(
    "complement",
    FieldType.TEXT,
    Text("Complément d’adresse", "Further address details"),
    autocomplete="address-line2",
    prefill="address_complement",
)
POSTAL_CODE = FormField(
    "postal_code",
    FieldType.POSTAL_CODE,
    Text("Code postal", "Postal code"),
    required=True,
    inputmode="numeric",
    autocomplete="postal-code",
    prefill="postal_code",
    ask=Text("Indiquez le code postal.", "Enter the postal code."),
)
CITY = FormField(
    "city",
    FieldType.TEXT,
    Text("Ville", "Town"),
    required=True,
    max_length=100,
    autocomplete="address-level2",
    prefill="city",
    ask=Text("Indiquez la ville.", "Enter the town."),
)
COMMUNE = FormField(
    "commune",
    FieldType.COMMUNE,
    Text("Commune", "Municipality"),
    required=True,
    prefill="commune",
    ask=Text("Choisissez la commune.", "Choose the municipality."),
)
PARTS: dict[FieldType, tuple[FormField, ...]] = {
    FieldType.CIVIL_STATUS: (
        FormField(
            "civility",
            FieldType.CHOICE,
            Text("Civilité", "Title"),
            options=CIVILITIES,
            autocomplete="honorific-prefix",
            prefill="civility",
        ),
        FAMILY_NAME,
        FormField("used_name", FieldType.TEXT, Text("Nom d’usage", "Name in use"), max_length=100),
        GIVEN_NAME,
    ),
    FieldType.PERSON: (
        FAMILY_NAME,
        GIVEN_NAME,
        replace(BIRTH_DATE, id="birth_date"),
    ),
    FieldType.BIRTH: (
        BIRTH_DATE,
        FormField(
            "place",
            FieldType.TEXT,
            Text("Commune ou ville de naissance", "Town of birth"),
            required=True,
            max_length=100,
            ask=Text("Indiquez le lieu de naissance.", "Enter the place of birth."),
        ),
        FormField(
            "country",
            FieldType.TEXT,
            Text("Pays de naissance, s’il n’est pas la France", "Country, if not France"),
            max_length=100,
        ),
    ),
    FieldType.DATE_RANGE: (
        FormField(
            "first",
            FieldType.DATE,
            Text("Du", "From"),
            required=True,
            ask=Text("Indiquez le premier jour.", "Enter the first day."),
        ),
        FormField(
            "last",
            FieldType.DATE,
            Text("Au", "To"),
            required=True,
            ask=Text("Indiquez le dernier jour.", "Enter the last day."),
        ),
    ),
    FieldType.MAP_POINT: (
        FormField(
            "address",
            FieldType.TEXT,
            Text("Adresse ou description du lieu", "Address or description of the place"),
            required=True,
            ask=Text("Indiquez l’adresse ou décrivez le lieu.", "Enter the address or the place."),
        ),
        FormField(
            "latitude", FieldType.DECIMAL, Text("Latitude", "Latitude"), min=-90, max=90, decimals=6
        ),
        FormField(
            "longitude",
            FieldType.DECIMAL,
            Text("Longitude", "Longitude"),
            min=-180,
            max=180,
            decimals=6,
        ),
    ),
}


@lru_cache(maxsize=2000)
def parts_of(field: FormField) -> tuple[FormField, ...]:
    """Return the parts of a composite field, none for any other.

    Parts of somebody else than the account's owner are prefilled only when the definition says so
    (`prefill: account`).
    """
    if field.type is FieldType.ADDRESS:
        parts: tuple[FormField, ...] = (
            STREET,
            COMPLEMENT,
            POSTAL_CODE,
            COMMUNE if field.local else CITY,
        )
    else:
        parts = PARTS.get(field.type, ())
    if field.type is FieldType.DATE_RANGE:
        parts = tuple(replace(part, min=field.min, max=field.max) for part in parts)
    if field.prefill is None:
        parts = tuple(replace(part, prefill=None, autocomplete=None) for part in parts)
    return parts
