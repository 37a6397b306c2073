"""The kinds of values that profile.yaml and the front matter of a legal text are made of."""

from typing import Any, ClassVar
from zoneinfo import available_timezones

from marshmallow import Schema, ValidationError, fields, post_load, validate

from authority.text import Text

ONE_LINE = validate.Regexp(r"[^\n\r]+\Z", error="must be one line of text")
IDENTIFIER = validate.Regexp(r"[a-z][a-z0-9-]*\Z", error="must be lower-case words and hyphens")
TELEPHONE = validate.Regexp(
    r"\+?\d[\d ]*\d\Z", error="must be a telephone number, as 04 66 02 55 55"
)
COLOUR = validate.Regexp(r"#[0-9a-f]{6}\Z", error="must be a colour, as #2f5f3c")
TOKEN = validate.Regexp(r"[a-z]+(-[a-z]+)*\Z", error="must be the name of a colour, as action-ink")
INSEE = validate.Regexp(r"\d[0-9AB]\d{3}\Z", error="must be an INSEE code of five characters")
POSTAL_CODE = validate.Regexp(r"\d{5}\Z", error="must be a postal code of five digits")
PREFIX = validate.Regexp(r"[A-Z]{2,6}\Z", error="must be two to six capital letters")
SIREN_DIGITS, SIRET_DIGITS = 9, 14


class Record(Schema):
    """A schema that makes the frozen dataclass `makes`; lists become tuples."""

    makes: ClassVar[type[Any]]

    @post_load
    def make(self, data: dict[str, Any], **_options: Any) -> Any:
        """Build the record."""
        frozen = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        return self.makes(**frozen)


def one_line(check: Any = ONE_LINE, *, required: bool = True) -> fields.String:
    """A text without line breaks that passes `check`."""
    return fields.String(required=required, validate=[ONE_LINE, check])


def several_lines() -> fields.List[Any]:
    """A list of one line or more."""
    return fields.List(one_line(), required=True, validate=validate.Length(min=1))


def one_of(*values: str) -> fields.String:
    """One of a few words."""
    error = f"must be one of: {', '.join(values)}"
    return fields.String(required=True, validate=validate.OneOf(values, error=error))


def https_address() -> fields.Url:
    """An https address."""
    return fields.Url(required=True, schemes={"https"})


def whole_number() -> fields.Integer:
    """A whole number, 1 at least."""
    return fields.Integer(required=True, validate=validate.Range(min=1, error="must be 1 or more"))


def colours() -> fields.Dict:
    """Colours by the name of their token; may be empty."""
    return fields.Dict(fields.String(validate=TOKEN), one_line(COLOUR), load_default=dict)


def time_zone() -> fields.String:
    """A zone of the IANA database."""
    return fields.String(required=True, validate=_check_time_zone)


def register_number(digits: int) -> fields.String:
    """A SIREN or SIRET, which may be absent."""

    def check(number: str) -> None:
        if len(number) != digits or not number.isdecimal() or _luhn(number) % 10:
            raise ValidationError(f"must be {digits} digits with the right check digit")

    return fields.String(validate=check)


class TextSchema(Record):
    """French and English."""

    makes = Text
    fr = one_line()
    en = one_line()


def bilingual(*, required: bool = True) -> fields.Nested:
    """A text in both languages."""
    return fields.Nested(TextSchema, required=required)


def _check_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError("must be a known time zone, as Europe/Paris")


def _luhn(number: str) -> int:
    values = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(value // 10 + value % 10 for value in values)
